import { Controller } from '@nestjs/common';
import { ContentSubmitted, type ContentSubmittedData } from '@wireroom/contracts';
import { type Outcome, PermanentError, type ReceivedEvent, StageHandler, done, nameOf } from '@wireroom/pipeline';
import { IngestEnv } from './ingest.env.js';
import { type Submission, acceptsMediaType, toSubmission } from './submission.js';

/** The door for producers who speak Kafka: same contract, same rules as over HTTP. */
@Controller()
export class IngestSubmittedHandler {
  constructor(private readonly env: IngestEnv) {}

  @StageHandler(ContentSubmitted)
  handle({ data, place, attributes }: ReceivedEvent<ContentSubmittedData>): Outcome<Submission> {
    if (!acceptsMediaType(data.contentType)) {
      throw new PermanentError('unsupported-media-type', `contentType ${data.contentType} holds no text to read`);
    }
    const arrival = {
      receivedAt: new Date(),
      traceparent: attributes.traceparent,
      origin: nameOf(place),
      heard: place,
    };
    return done(toSubmission(data, arrival, this.env.INGEST_MAX_BODY_BYTES));
  }
}
