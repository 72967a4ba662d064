import { contentIdOf } from '@wireroom/contracts';
import { headlineWords } from '@wireroom/console-service/dist/books/headline-words.js';
import type { ItemDocument } from '@wireroom/console-service/dist/books/item.schema.js';
import { createHash } from 'node:crypto';

const DAYS = 30;
const DAY_MS = 24 * 60 * 60_000;
const SYLLABLES = ['ba', 'cor', 'dun', 'el', 'fre', 'gal', 'hor', 'im', 'ja', 'kel', 'lor', 'mar', 'nes', 'or', 'pel'];
const COVERED = [
  'title',
  'publishedAt',
  'authors',
  'paragraphs',
  'language',
  'entities',
  'quotes',
  'topics',
  'summary',
];

type Ending = Pick<ItemDocument, 'outcome' | 'stage' | 'code'>;

/** How revisions end, each with its share of all. */
const ENDINGS: [share: number, ending: Ending][] = [
  [0.96, { outcome: 'published', stage: 'publishing' }],
  [0.012, { outcome: 'skipped', stage: 'enrichment', code: 'not-article-listing' }],
  [0.006, { outcome: 'skipped', stage: 'publishing', code: 'retracted' }],
  [0.002, { outcome: 'skipped', stage: 'enrichment', code: 'superseded' }],
  [0.008, { outcome: 'dead-lettered', stage: 'enrichment', code: 'empty' }],
  [0.006, { outcome: 'dead-lettered', stage: 'enrichment', code: 'undecodable' }],
  [0.002, { outcome: 'dead-lettered', stage: 'publishing', code: 'event-too-large' }],
  [0.004, { outcome: 'discarded', stage: 'enrichment', code: 'empty' }],
];

/**
 * Made-up revisions of the last thirty days, oldest first, the same for the same counts: sources of which some send
 * much more than others, headlines in which some words are far more frequent than others.
 */
export function* madeUpRows(count: number, sources: number, until: Date): Generator<ItemDocument> {
  const random = randomFrom(7);
  const start = until.getTime() - DAYS * DAY_MS;
  for (let index = 0; index < count; index++) {
    const source = `desk-${Math.floor(sources * random() ** 2)}`;
    const at = new Date(start + (index * DAYS * DAY_MS) / count);
    const ending = endingOf(random());
    const externalId = `made-up-${index}`;
    const contentId = contentIdOf({ source, externalId });
    const isPublished = ending.outcome === 'published';
    const title = Array.from({ length: 8 }, () => wordOf(Math.floor(4000 * random() ** 3))).join(' ');
    const published = new Date(at.getTime() + 200 + 20_000 * random() ** 4);
    yield {
      _id: `${contentId}/1`,
      contentId,
      revision: 1,
      kind: 'original',
      source,
      ...ending,
      at,
      acceptedAt: at,
      processingVersion: 1,
      externalId,
      url: `https://${source}.example/${index}`,
      traceId: createHash('md5').update(externalId).digest('hex'),
      ...(isPublished
        ? {
            enrichedAt: new Date((at.getTime() + published.getTime()) / 2),
            publishedAt: published,
            title,
            words: headlineWords(title),
            bodyChars: Math.round(500 + 8000 * random() ** 2),
            language: random() < 0.8 ? 'en' : 'de',
            has: COVERED.filter(() => random() < 0.9),
            failedSteps: [],
          }
        : { endedAt: published, words: [] }),
    };
  }
}

/** A word that headlines have the more often the lower its number. */
export function wordOf(number: number): string {
  const digits = number.toString(SYLLABLES.length).split('');
  return digits.map((digit) => SYLLABLES[parseInt(digit, SYLLABLES.length)]).join('');
}

function endingOf(value: number): Ending {
  let sum = 0;
  for (const [share, ending] of ENDINGS) if ((sum += share) > value) return ending;
  return ENDINGS[0]![1];
}

/** Numbers from 0 to 1 that look random and are the same every time (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
