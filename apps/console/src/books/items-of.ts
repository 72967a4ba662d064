import { type StageName, traceIdOf } from '@wireroom/contracts';
import { type EnrichedFacts, type Facts, type LetterFacts, type RawFacts, type StageFacts } from './facts.js';
import { headlineWords } from './headline-words.js';
import type { ItemDocument } from './item.schema.js';

/** Everything the stages hold of one revision, and of what its item came to later. */
interface RevisionFacts {
  raw?: RawFacts;
  /** Oldest processing first. */
  enriched: EnrichedFacts[];
  published: StageFacts[];
  letters: LetterFacts[];
  /** Of this revision or the newest before it that has one: a retraction has no words of its own. */
  title?: string;
  /** Stages that hold a later revision of the item, and therefore drop this one. */
  passedAt: Set<StageName>;
}

type Ending = Pick<ItemDocument, 'outcome' | 'stage' | 'code' | 'publishedAt' | 'endedAt'>;

/** The code of a revision that a stage drops because it holds a later one. */
export const SUPERSEDED = 'superseded';

/** The revisions of items, each with how it ended, as the stages' documents together say. Pure. */
export function itemsOf(facts: Facts): ItemDocument[] {
  return [...byRevision(facts)].map(([id, revision]) => itemOf(id, revision));
}

function byRevision(facts: Facts): Map<string, RevisionFacts> {
  const revisions = new Map<string, RevisionFacts>();
  const of = (one: { contentId: string; revision: number }): RevisionFacts => {
    const id = `${one.contentId}/${one.revision}`;
    const known = revisions.get(id) ?? { enriched: [], published: [], letters: [], passedAt: new Set() };
    revisions.set(id, known);
    return known;
  };
  for (const raw of facts.ingest) of(raw).raw = raw;
  for (const enriched of inOrder(facts.enrichment)) of(enriched).enriched.push(enriched);
  for (const published of inOrder(facts.publishing)) of(published).published.push(published);
  for (const letter of facts.letters) {
    const revision = letter.revision ?? revisionSaidAt(letter, facts);
    if (revision !== undefined) revisions.get(`${letter.contentId}/${revision}`)?.letters.push(letter);
  }
  for (const [, revision] of revisions) revision.title = titleOf(revision, facts.enrichment);
  markPassed(revisions, 'enrichment', facts.enrichment);
  markPassed(revisions, 'publishing', facts.publishing);
  return revisions;
}

function titleOf({ raw, enriched, published }: RevisionFacts, all: EnrichedFacts[]): string | undefined {
  const { contentId, revision } = (raw ?? enriched[0] ?? published[0])!;
  const named = all.filter((one) => one.contentId === contentId && one.revision <= revision && one.title !== undefined);
  const [newest] = named.sort((a, b) => b.revision - a.revision || b.processingVersion - a.processingVersion);
  return newest?.title;
}

function inOrder<T extends StageFacts>(facts: T[]): T[] {
  return facts.toSorted((a, b) => a.processingVersion - b.processingVersion);
}

/** The revision of a letter that could not be read: its first place is where the stage before had said the event. */
function revisionSaidAt({ _id, stage }: LetterFacts, facts: Facts): number | undefined {
  const before: StageFacts[] = stage === 'enrichment' ? facts.ingest : facts.enrichment;
  const isItsPlace = ({ saidPlace }: StageFacts): boolean =>
    saidPlace !== undefined && `${saidPlace.topic}/${saidPlace.partition}/${saidPlace.offset}` === _id;
  return before.find(isItsPlace)?.revision;
}

function markPassed(revisions: Map<string, RevisionFacts>, stage: StageName, facts: StageFacts[]): void {
  const newest = new Map<string, number>();
  for (const { contentId, revision } of facts) newest.set(contentId, Math.max(revision, newest.get(contentId) ?? 0));
  for (const [id, { passedAt }] of revisions) {
    const [contentId = '', revision] = id.split('/');
    if ((newest.get(contentId) ?? 0) > Number(revision)) passedAt.add(stage);
  }
}

function itemOf(_id: string, facts: RevisionFacts): ItemDocument {
  const { raw, enriched, published, title } = facts;
  const first = (raw ?? enriched[0] ?? published[0])!;
  const article = enriched.findLast(({ hasArticle }) => hasArticle);
  const processed = [...enriched, ...published].map(({ processingVersion }) => processingVersion);
  return defined({
    _id,
    contentId: first.contentId,
    revision: first.revision,
    kind: first.kind,
    source: first.source,
    at: first.storedAt,
    discoveredAt: raw?.discoveredAt,
    acceptedAt: raw?.storedAt,
    enrichedAt: enriched.find(({ outcome }) => outcome === 'done')?.storedAt,
    ...endingOf(facts),
    processingVersion: Math.max(1, ...processed),
    externalId: first.externalId,
    url: first.url,
    traceId: traceIdOf(first.traceparent),
    title,
    words: headlineWords(title ?? ''),
    bodyChars: article?.bodyChars,
    language: article?.language,
    has: article?.has,
    failedSteps: article?.failedSteps,
  });
}

/** The furthest a revision came. A release stays one, whatever later processing of the revision comes to. */
function endingOf(facts: RevisionFacts): Ending {
  const { raw, published } = facts;
  const release = published.find(({ outcome, said }) => outcome === 'done' && said);
  const publishedAt = release && (release.saidAt ?? release.storedAt);
  if (!raw) return { outcome: 'unaccepted', stage: published.length > 0 ? 'publishing' : 'enrichment', publishedAt };
  if (publishedAt) return { outcome: 'published', stage: 'publishing', publishedAt };
  if (published.some(({ outcome }) => outcome === 'done')) return { outcome: 'in-flight', stage: 'publishing' };
  const enriched = facts.enriched.find(({ outcome }) => outcome === 'done');
  if (enriched) {
    const stage = enriched.said ? 'publishing' : 'enrichment';
    return setAsideAt('publishing', published, facts) ?? { outcome: 'in-flight', stage };
  }
  const stage = raw.said ? 'enrichment' : 'ingest';
  return setAsideAt('enrichment', facts.enriched, facts) ?? { outcome: 'in-flight', stage };
}

/** How a stage ended a revision without passing it on; undefined where it has not. */
function setAsideAt(stage: LetterFacts['stage'], documents: StageFacts[], facts: RevisionFacts): Ending | undefined {
  const skipped = documents.find(({ outcome }) => outcome === 'skipped');
  if (skipped) return { outcome: 'skipped', stage, code: skipped.code, endedAt: skipped.storedAt };
  const letters = facts.letters.filter((letter) => letter.stage === stage);
  const dead = letters.find(({ state }) => state === 'open' || state === 'parked');
  if (dead) return { outcome: 'dead-lettered', stage, code: dead.code, endedAt: dead.lastFailedAt };
  const discarded = letters.find(({ state }) => state === 'discarded');
  if (discarded) return { outcome: 'discarded', stage, code: discarded.code, endedAt: discarded.lastFailedAt };
  if (!facts.passedAt.has(stage)) return undefined;
  return { outcome: 'skipped', stage, code: SUPERSEDED, endedAt: newestTime(facts) };
}

/** A stage that drops a revision writes nothing: the time is that of the last thing known of it. */
function newestTime({ raw, enriched, letters }: RevisionFacts): Date | undefined {
  const times = [raw?.storedAt, ...enriched.map(({ storedAt }) => storedAt), ...letters.map((one) => one.lastFailedAt)];
  return times.filter((time) => time !== undefined).sort((a, b) => b.getTime() - a.getTime())[0];
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;
}
