import { type RevisionData, continueTrace, eventIdOf, validate } from '@wireroom/contracts';
import { MAX_EVENT_BYTES } from './event-producer.js';
import { PermanentError } from './errors.js';
import type { ReceivedEvent } from './received-message.js';
import { type RevisionDocument, documentId, isAfter } from './stage-document.js';
import { type Decision, type Head, type Persisted, type Sifted, StageStore } from './stage-store.js';

/** The part of a stage document that only the stage itself can fill. */
export type OwnFields<TDoc extends RevisionDocument> = Omit<TDoc, keyof RevisionDocument>;

/**
 * The store of a stage that hears revisions. Its guard never expires: an event whose revision (then
 * processing version) is at or below the stored one is dropped, at any age.
 */
export abstract class RevisionStore<
  TIn extends RevisionData & { processingVersion?: number },
  TResult,
  TDoc extends RevisionDocument,
> extends StageStore<TIn, TResult, TDoc> {
  /** What the stage keeps of a revision beside what it heard of it. `result` is absent for a skip. */
  protected abstract ownFields(event: ReceivedEvent<TIn>, result?: TResult, head?: Head<TDoc>): OwnFields<TDoc>;

  itemOf(data: TIn): string {
    return data.contentId;
  }

  async sift(events: ReceivedEvent<TIn>[]): Promise<Sifted<TIn, TDoc>> {
    const heads = await this.heads(events.map(({ data }) => data.contentId));
    const sifted: Sifted<TIn, TDoc> = { fresh: [], known: [], unsaid: [] };
    for (const event of events) {
      const head = heads.get(event.data.contentId);
      if (head && !isAfter(event.data, head)) sifted.known.push(event);
      else sifted.fresh.push({ event, head });
    }
    sifted.unsaid = await this.unsaidAmong(sifted.known.map(({ data }) => idFor(data)));
    return sifted;
  }

  persist(decisions: Decision<TIn, TResult, TDoc>[]): Promise<Persisted<TDoc>[]> {
    return this.keep(decisions.map((decision) => this.documentFor(decision)));
  }

  /** The document of the same revision processed again, with what came of it; yet to be stored and said. */
  nextProcessingOf(document: TDoc, result: Partial<OwnFields<TDoc>>): TDoc {
    const { contentId, revision } = document;
    const processingVersion = document.processingVersion + 1;
    return {
      ...document,
      ...result,
      _id: documentId(contentId, revision, processingVersion),
      processingVersion,
      eventId: eventIdOf(contentId, revision, this.says.type, processingVersion),
      traceparent: continueTrace(document.traceparent),
      storedAt: new Date(),
      said: false,
      batch: undefined,
      saidAt: undefined,
      saidPlace: undefined,
      lease: undefined,
    };
  }

  /** Stores documents whose events keep the contract, each once. @returns what became of each, in order. */
  async keep(documents: TDoc[]): Promise<Persisted<TDoc>[]> {
    const faults = documents.map((document) => this.faultOf(document));
    const sound = documents.filter((_, index) => faults[index] === undefined);
    const stored = new Map((await this.saveAll(sound)).map((document) => [document._id, document]));
    return documents.map((document, index): Persisted<TDoc> => {
      const failure = faults[index];
      if (failure) return { ending: 'dead-lettered', failure };
      const kept = stored.get(document._id) ?? document;
      return kept.outcome === 'skipped' ? { ending: 'skipped', code: kept.code } : { ending: 'done', document: kept };
    });
  }

  /** What every event after the door says of a document's revision. */
  protected revisionOf(document: TDoc): RevisionData & { processingVersion: number } {
    return {
      contentId: document.contentId,
      revision: document.revision,
      processingVersion: document.processingVersion,
      kind: document.kind,
      source: document.source,
      externalId: document.externalId,
      url: document.url,
      publishedAt: document.publishedAt,
      receivedAt: document.receivedAt,
      metadata: document.metadata,
    };
  }

  private documentFor({ event, head, outcome }: Decision<TIn, TResult, TDoc>): TDoc {
    const { data } = event;
    const skipped = outcome.kind === 'skipped';
    const base: RevisionDocument = {
      _id: idFor(data),
      contentId: data.contentId,
      revision: data.revision,
      processingVersion: data.processingVersion ?? 1,
      kind: data.kind,
      source: data.source,
      externalId: data.externalId,
      url: data.url,
      publishedAt: data.publishedAt,
      receivedAt: data.receivedAt,
      metadata: data.metadata,
      outcome: outcome.kind,
      code: skipped ? outcome.code : undefined,
      storedAt: new Date(),
      eventId: eventIdOf(data.contentId, data.revision, this.says.type, data.processingVersion ?? 1),
      traceparent: continueTrace(event.attributes.traceparent),
      heard: event.place,
      said: skipped,
    };
    // Spreading objects of this size makes slow ones, fifteen times as dear as adding to one.
    return Object.assign(base, this.ownFields(event, skipped ? undefined : outcome.result, head)) as TDoc;
  }

  /**
   * Why a document must not be said: a stage says nothing its readers would refuse. Found here, the fault is a dead
   * letter of the stage that made it, and goes through when it is replayed after the stage was mended.
   */
  private faultOf(document: TDoc): PermanentError | undefined {
    if (document.outcome !== 'done') return undefined;
    try {
      const data = this.dataOf(document);
      if (this.eventOf(document, data).value.length > MAX_EVENT_BYTES) {
        return new PermanentError('event-too-large', `the event would be larger than ${MAX_EVENT_BYTES} bytes`);
      }
      validate(this.says.data, data);
      return undefined;
    } catch (cause) {
      return new PermanentError('event-breaks-contract', cause instanceof Error ? cause.message : String(cause), {
        cause,
      });
    }
  }
}

function idFor(data: RevisionData & { processingVersion?: number }): string {
  return documentId(data.contentId, data.revision, data.processingVersion ?? 1);
}
