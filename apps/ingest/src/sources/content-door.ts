import { Injectable } from '@nestjs/common';
import { type ContentKind, ContentSubmittedData, ContractViolation, validate } from '@wireroom/contracts';
import { HttpFailure, PermanentError } from '@wireroom/pipeline';
import { setTimeout as sleep } from 'node:timers/promises';
import { IngestEnv } from '../ingest.env.js';
import { IntakeQueue } from '../intake-queue.js';
import type { Intake } from '../raw-item.store.js';
import { type Submission, acceptsMediaType, toSubmission } from '../submission.js';
import type { ItemEnding } from './ledger-row.js';

const BUSY_PAUSE_MS = 250;

/** The door for sources: the same contract, queue and store as over HTTP. */
@Injectable()
export class ContentDoor {
  constructor(
    private readonly queue: IntakeQueue,
    private readonly env: IngestEnv,
  ) {}

  /**
   * @param discoveredAt when the source first showed it, where it had to be fetched since.
   * @throws UnavailableError when storage is away; then nothing was accepted.
   */
  async submit(fields: ContentSubmittedData, discoveredAt?: Date): Promise<ItemEnding> {
    try {
      const data = validate(ContentSubmittedData, definedOf(fields));
      if (!acceptsMediaType(data.contentType)) {
        throw new PermanentError('unsupported-media-type', `${data.contentType} holds no text to read`);
      }
      const arrival = { discoveredAt, receivedAt: new Date() };
      const intake = await this.insist(toSubmission(data, arrival, this.env.INGEST_MAX_BODY_BYTES));
      return { outcome: outcomeOf(intake, data.kind) };
    } catch (error) {
      if (!(error instanceof ContractViolation) && !(error instanceof PermanentError)) throw error;
      return { outcome: 'rejected', code: error.code, reason: error.message, again: false };
    }
  }

  /** Waits where the queue is full: a source has time. */
  private async insist(submission: Submission): Promise<Intake> {
    for (;;) {
      try {
        return await this.queue.take(submission);
      } catch (error) {
        if (!(error instanceof HttpFailure) || error.status !== 429) throw error;
        await sleep(BUSY_PAUSE_MS);
      }
    }
  }
}

function outcomeOf(
  { outcome, revision }: Intake,
  kind: ContentKind | undefined,
): 'added' | 'changed' | 'retracted' | 'duplicate' {
  if (outcome !== 'accepted') return 'duplicate';
  if (kind === 'retraction') return 'retracted';
  return revision === 1 ? 'added' : 'changed';
}

function definedOf<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
