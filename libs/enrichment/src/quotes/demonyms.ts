import { readData } from '../data.js';

const countries = new Map(
  Object.entries(readData<Record<string, string>>('data/demonyms.json')).flatMap(([code, words]) =>
    words.split(' ').map((word) => [word, code] as const),
  ),
);

/** ISO 3166 code of the country that a lower-case English adjective ("iranian") belongs to. */
export function demonymOf(word: string): string | undefined {
  return countries.get(word);
}
