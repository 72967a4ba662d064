import { Inject, Injectable } from '@nestjs/common';
import { type SourceSpec, type TestSourceAnswer, type TestedItem } from '@wireroom/contracts';
import { Fetcher } from '@wireroom/fetching';
import type { FetchFacts } from './fetch-facts.js';
import { ItemMemory } from './item-memory.js';
import { namesOf } from './item-names.js';
import { type Finding, type FoundItem, type Reading, SourceError } from './kinds/kind.js';
import { kindOf } from './kinds/kinds.js';
import { wasSeen } from './remember-item.js';
import { acceptsMediaType } from '../submission.js';
import { testedFetchOf } from './source-views.js';
import { fetcherFor } from './robots-waiver.js';
import type { SourceFetcher } from './source-fetcher.js';

/** A test answers while a person waits: it looks at so many items, and no longer than this. */
const MAX_ITEMS = 25;
const MAX_MS = 60_000;

/** Polls a source as if it were new, says what would be taken, and stores nothing. */
@Injectable()
export class SourceTester {
  constructor(
    @Inject(ItemMemory) private readonly memory: Pick<ItemMemory, 'recall'>,
    @Inject(Fetcher) private readonly fetcher: SourceFetcher,
  ) {}

  /** @throws UnavailableError when storage is away. */
  async test(spec: SourceSpec): Promise<TestSourceAnswer> {
    const fetches: FetchFacts[] = [];
    const items: TestedItem[] = [];
    const signal = AbortSignal.timeout(MAX_MS);
    try {
      for await (const finding of kindOf(spec.kind).read(this.readingOf(spec, signal))) {
        if (finding.type === 'fetch') fetches.push(finding.facts);
        if (isItem(finding) && items.length >= MAX_ITEMS) return answer(spec, fetches, items, true);
        const tested = await this.look(spec, finding, signal);
        if (tested) items.push(tested.item);
        if (tested?.facts) fetches.push(tested.facts);
        if (signal.aborted) return answer(spec, fetches, items, true);
      }
      return answer(spec, fetches, items, false);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      const { facts } = error.details;
      if (facts && !fetches.includes(facts)) fetches.push(facts);
      const failure = { code: error.code, reason: error.message, at: new Date().toISOString() };
      return { ...answer(spec, fetches, items, false), failure };
    }
  }

  private readingOf(spec: SourceSpec, signal: AbortSignal): Reading {
    const recall = (): Promise<Map<string, string>> => Promise.resolve(new Map<string, string>());
    const fetcher = fetcherFor(spec, this.fetcher);
    return { spec, address: spec.address, fetcher, signal, now: new Date(), recall };
  }

  private async look(
    spec: SourceSpec,
    finding: Finding,
    signal: AbortSignal,
  ): Promise<{ item: TestedItem; facts?: FetchFacts } | undefined> {
    switch (finding.type) {
      case 'item':
        return this.lookAt(spec, finding.item, signal);
      case 'submission': {
        const { url, kind = 'original', publishedAt, contentType } = finding.submission;
        return { item: { outcome: 'added', label: finding.label, url, kind, publishedAt, contentType } };
      }
      case 'reject': {
        const { label, code, reason } = finding;
        return { item: { outcome: 'rejected', label, code, reason } };
      }
      case 'fetch':
      case 'mark':
      case 'done':
        return undefined;
    }
  }

  private async lookAt(
    spec: SourceSpec,
    found: FoundItem,
    signal: AbortSignal,
  ): Promise<{ item: TestedItem; facts?: FetchFacts }> {
    const { label, publishedAt, hold } = found;
    const basics = { label, url: found.addresses[0], publishedAt };
    if (hold) return { item: { ...basics, outcome: 'rejected', code: hold.code, reason: 'must not be published now' } };
    if (found.kind === 'retraction') return { item: { ...basics, outcome: 'retracted', kind: 'retraction' } };
    const known = await this.memory.recall(spec.name, spec.publisher ?? spec.name, namesOf(found));
    if (known?.item && wasSeen(known.item, found)) return { item: { ...basics, outcome: 'duplicate' } };
    const loaded = await found.load(undefined);
    signal.throwIfAborted();
    if (loaded.outcome !== 'loaded') {
      const { code, reason } =
        loaded.outcome === 'failed' ? loaded : { code: 'page-gone', reason: 'its page is not there' };
      return { item: { ...basics, outcome: 'rejected', code, reason }, facts: loaded.facts };
    }
    const { contentType, bytes, facts } = loaded;
    if (!acceptsMediaType(contentType)) {
      const code = 'unsupported-media-type';
      return { item: { ...basics, outcome: 'rejected', code, reason: `${contentType} holds no text` }, facts };
    }
    const kind = found.kind ?? (known ? 'update' : 'original');
    return { item: { ...basics, outcome: known ? 'changed' : 'added', kind, contentType, bytes: bytes.length }, facts };
  }
}

function isItem({ type }: Finding): boolean {
  return type === 'item' || type === 'submission' || type === 'reject';
}

function answer(spec: SourceSpec, fetches: FetchFacts[], items: TestedItem[], more: boolean): TestSourceAnswer {
  return { fetches: fetches.map((facts) => testedFetchOf(facts, spec)), items, more };
}
