import { nextCheck } from './check-schedule.js';
import { type ItemIdentity, itemId } from './item-memory.js';
import { namesOf } from './item-names.js';
import type { FoundItem, Loaded } from './kinds/kind.js';
import type { SourceDocument, SourceItem } from './source.schema.js';

/** Tries of an item that can't be loaded before it is let go until the source says something else of it. */
const MAX_ATTEMPTS = 5;
/** Names of one item whose listings are told apart; feeds that change guids at every poll have many. */
const MAX_SEEN = 20;
const MAX_LABEL = 300;

/** An item, where it was found, and when. */
export interface Sighting {
  source: SourceDocument;
  found: FoundItem;
  now: Date;
}

/** Whether the source said exactly this of the item before. */
export function wasSeen({ seen }: SourceItem, found: FoundItem): boolean {
  const name = seenAs(found);
  return seen.some((one) => one.name === name && one.digest === found.digest);
}

/** When the source first showed what is to be taken: one that could not be loaded waits since an earlier poll. */
export function discoveredAtOf({ now }: Pick<Sighting, 'now'>, item: SourceItem | undefined): Date {
  return item?.state === 'pending' && item.textDigest === undefined ? item.takenAt : now;
}

/** Whether a revision of the item is out. */
export function isOut({ state, textDigest }: SourceItem): boolean {
  return textDigest !== undefined && state !== 'retracted';
}

/** What is known of an item of which there was nothing to take. */
export function afterSighting(item: SourceItem, { found }: Pick<Sighting, 'found'>): SourceItem {
  return { ...item, seen: withSighting(item, found), version: found.version ?? item.version, attempts: 0 };
}

/** What is known of an item that was taken, or taken back. */
export function afterTaking(
  { source, found, now }: Sighting,
  { contentId }: ItemIdentity,
  before: SourceItem | undefined,
  loaded: Extract<Loaded, { outcome: 'loaded' }> | undefined,
): SourceItem {
  const item: SourceItem = {
    _id: itemId(source._id, contentId),
    source: source._id,
    contentId,
    label: found.label.slice(0, MAX_LABEL),
    seen: withSighting(before, found),
    textDigest: loaded?.textDigest ?? before?.textDigest,
    // The first date stands: a story that is listed again under a new one is no new story.
    publishedAt: before?.publishedAt ?? found.publishedAt,
    metadata: found.metadata ?? before?.metadata,
    version: found.version ?? before?.version,
    page: loaded?.page ?? before?.page ?? pageOf(found),
    isPage: loaded ? loaded.page !== undefined : (before?.isPage ?? false),
    state: 'taken',
    attempts: 0,
    missing: 0,
    takenAt: before?.takenAt ?? now,
  };
  return { ...item, checkAt: item.page && nextCheck(source.spec, item, now) };
}

/** What is known of an item that could not be loaded. One that was taken before stays as it is. */
export function afterFailure(
  sighting: Sighting,
  identity: ItemIdentity,
  before: SourceItem | undefined,
  { code, reason, again, asked }: { code: string; reason: string; again: boolean; asked: boolean },
): SourceItem {
  const attempts = (before?.attempts ?? 0) + (asked ? 1 : 0);
  const item = { ...afterTaking(sighting, identity, before, undefined), checkAt: before?.checkAt };
  if (again && attempts < MAX_ATTEMPTS) return { ...item, state: 'pending', attempts };
  return afterRejection(item, { code, reason });
}

/** What is known of an item that was not accepted. */
export function afterRejection(item: SourceItem, { code, reason }: { code: string; reason: string }): SourceItem {
  return { ...item, state: 'rejected', rejection: { code, reason }, checkAt: undefined };
}

function pageOf({ addresses: [url] }: FoundItem): SourceItem['page'] {
  return url === undefined ? undefined : { url };
}

function withSighting(item: Pick<SourceItem, 'seen'> | undefined, found: FoundItem): SourceItem['seen'] {
  const name = seenAs(found);
  const others = (item?.seen ?? []).filter((one) => one.name !== name);
  return [{ name, digest: found.digest }, ...others].slice(0, MAX_SEEN);
}

/** The name under which a listing shows an item. */
function seenAs(found: FoundItem): string {
  const [name = ''] = namesOf(found).keys();
  return name;
}
