/** Sums over the front of a sequence: entry `i` is the sum of the first `i` measures. */
export function runningTotal(count: number, measure: (index: number) => number): Float64Array {
  const totals = new Float64Array(count + 1);
  for (let i = 0; i < count; i++) totals[i + 1] = (totals[i] ?? 0) + measure(i);
  return totals;
}

/** Sum of the measures of `index` and its neighbours within `reach`, from a {@link runningTotal}. */
export function sumAround(totals: Float64Array, index: number, reach: number): number {
  const count = totals.length - 1;
  return (totals[Math.min(count, index + reach + 1)] ?? 0) - (totals[Math.max(0, index - reach)] ?? 0);
}

/** Distance to the nearest earlier and later place where `holds`, up to `limit`. */
export function distancesTo(
  count: number,
  limit: number,
  holds: (index: number) => boolean,
): { before: Float32Array; after: Float32Array } {
  const before = new Float32Array(count);
  const after = new Float32Array(count);
  for (let i = 0, distance = limit; i < count; i++) {
    before[i] = Math.min(limit, ++distance);
    if (holds(i)) distance = 0;
  }
  for (let i = count - 1, distance = limit; i >= 0; i--) {
    after[i] = Math.min(limit, ++distance);
    if (holds(i)) distance = 0;
  }
  return { before, after };
}

/** Matches of a global pattern in a text. */
export function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

const COMMA = /[،、，]/;
const CAPITAL = /\p{Lu}/u;
const DIGIT = /\p{Nd}/u;

/** How many commas, digits and capital letters a text has, in any script. */
export function countKinds(text: string): { commas: number; digits: number; capitals: number } {
  let [commas, digits, capitals] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x80) {
      if (code >= 0x41 && code <= 0x5a) capitals++;
      else if (code >= 0x30 && code <= 0x39) digits++;
      else if (code === 0x2c || code === 0x3b) commas++;
    } else {
      const char = text[i] as string;
      if (COMMA.test(char)) commas++;
      else if (CAPITAL.test(char)) capitals++;
      else if (DIGIT.test(char)) digits++;
    }
  }
  return { commas, digits, capitals };
}
