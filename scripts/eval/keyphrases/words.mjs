import { createRequire } from 'node:module';

const lists = createRequire(import.meta.url)('stopwords-iso');

/**
 * The words of a text by sentence. A mark between two words stands as an empty string: no phrase reaches over it.
 *
 * @returns {string[][]}
 */
export function sentencesOf(text) {
  return text
    .split(/(?<=[.!?…]["'”’»)]*)\s+|\n+/u)
    .map((sentence) => sentence.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*|[^\s\p{L}\p{N}]/gu) ?? [])
    .map((tokens) => tokens.map((token) => (/[\p{L}\p{N}]/u.test(token) ? token : '')))
    .filter((tokens) => tokens.some(Boolean));
}

/** Function words of a language by its ISO 639-1 code. */
export function functionWords(language) {
  return new Set(lists[language] ?? []);
}
