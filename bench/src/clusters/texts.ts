import type { TextToFile } from '@wireroom/enrichment-service/dist/clusters/filed-text.js';
import { createHash } from 'node:crypto';

/** One in so many texts is a copy of an earlier one with a few words changed: agencies' stories run in several papers. */
const COPY_EVERY = 5;
/** A copy's text keeps so much of each of the 128 minima. */
const KEPT = 0.9;
const SHINGLES = 500;
const HASHES = 128;
const SOURCES = 200;

/**
 * Texts as the enrichment would hand them to the cluster index, without their words: the minima of 500 made-up
 * shingles are drawn from the distribution that those of real ones have. The same numbers give the same texts.
 */
export function* madeUpTexts(from: number, count: number): Generator<TextToFile> {
  for (let at = from; at < from + count; at++) yield madeUpText(at);
}

function madeUpText(at: number): TextToFile {
  const isCopy = at % COPY_EVERY === COPY_EVERY - 1;
  const random = randomOf(at);
  const original = isCopy ? originalOf(at, random) : at;
  const hashes = minimaOf(original);
  const changed = isCopy ? minimaOf(at) : hashes;
  return {
    contentId: `made-up-${at}`,
    revision: 1,
    source: `paper-${at % SOURCES}`,
    receivedAt: new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString(),
    signature: {
      hashes: hashes.map((hash, position) => (random() < KEPT ? hash : changed[position]!)),
      shingles: SHINGLES,
      digest: createHash('sha256').update(`text ${at}`).digest('hex'),
    },
  };
}

/** An earlier text that is no copy itself. */
function originalOf(at: number, random: () => number): number {
  const earlier = Math.floor(random() * at);
  return earlier - (earlier % COPY_EVERY);
}

/** The smallest of as many evenly spread numbers as there are shingles, for each of the permutations. */
function minimaOf(seed: number): number[] {
  const random = randomOf(seed ^ 0x5bd1e995);
  return Array.from({ length: HASHES }, () => Math.floor(2 ** 32 * (1 - (1 - random()) ** (1 / SHINGLES))));
}

/** Numbers from 0 to 1, always the same for a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
