import { PLACES, type TextSignature } from './signature.js';

const HALF = PLACES / 2;

/**
 * How much of its barest half the better covered of two texts shares with the other, 0 to 1; a half is any stretch of
 * half the text's length. A copy, cut or reworded, has words of the original all through. Two other stories with the
 * same boilerplate above, below or around them have all they share there, which leaves a half of each bare.
 *
 * @returns undefined where a signature has no places
 */
export function coverOfBarestHalf(a: TextSignature, b: TextSignature): number | undefined {
  if (!a.places || !b.places) return undefined;
  return Math.max(leastCover(a.hashes, a.places, b.hashes), leastCover(b.hashes, b.places, a.hashes));
}

/**
 * The smaller of two minima belongs to a shingle drawn at random from both texts together, so those of one text are a
 * sample of it, and those that are minima of both show where it has words of the other.
 */
function leastCover(hashes: number[], places: number[], others: number[]): number {
  const drawn = countsBefore(places.filter((_, at) => hashes[at]! <= others[at]!));
  const shared = countsBefore(places.filter((_, at) => hashes[at] === others[at]));
  let least = 1;
  for (let from = 0; from + HALF <= PLACES; from++) {
    const inHalf = (counts: Uint8Array): number => counts[from + HALF]! - counts[from]!;
    if (inHalf(drawn) > 0) least = Math.min(least, inHalf(shared) / inHalf(drawn));
  }
  return least;
}

/** For each place how many of the given ones lie before it; never more than a signature has. */
function countsBefore(places: number[]): Uint8Array {
  const counts = new Uint8Array(PLACES + 1);
  for (const place of places) counts[place + 1]!++;
  for (let place = 1; place <= PLACES; place++) counts[place]! += counts[place - 1]!;
  return counts;
}
