import { Controller } from '@nestjs/common';
import { ContentEnriched, type ContentEnrichedData } from '@wireroom/contracts';
import { type Head, type Outcome, type StageEvent, StageHandler, done, skip } from '@wireroom/pipeline';
import type { Publication } from './publication.schema.js';
import type { Release } from './publication.store.js';

/** Where everything goes that is published. */
const EVERYTHING = 'all';

/** The rules of the stage: what goes out, and as what. */
@Controller()
export class PublishContentHandler {
  /** Decides what to store and what to say next; writes nothing itself. */
  @StageHandler(ContentEnriched)
  handle({ data, head }: StageEvent<ContentEnrichedData, Publication>): Outcome<Release> {
    if (data.kind === 'retraction') return done({ status: 'retracted', channels: [EVERYTHING] });
    if (head?.status === 'retracted') return skip('retracted');
    if (!data.article) return skip('no-article');

    const corrects = data.kind === 'correction' ? correctedBy(data, head) : undefined;
    return done({ status: 'published', channels: [EVERYTHING], ...(corrects === undefined ? {} : { corrects }) });
  }
}

/** The revision that went out before this one, also where this one is processed again. */
function correctedBy({ revision }: ContentEnrichedData, head: Head<Publication> | undefined): number | undefined {
  return head?.revision === revision ? head.corrects : head?.revision;
}
