import { createRequire } from 'node:module';

const lists = createRequire(import.meta.url)('stopwords-iso') as Record<string, string[]>;
const sets = new Map<string, ReadonlySet<string>>();

/** Codes of the languages whose function words are known. */
export const LANGUAGES_WITH_STOPWORDS: readonly string[] = Object.keys(lists);

/** The lower-case function words of a language, none where no list is known. */
export function stopwords(language: string): ReadonlySet<string> {
  let words = sets.get(language);
  if (!words) sets.set(language, (words = new Set(lists[language] ?? [])));
  return words;
}
