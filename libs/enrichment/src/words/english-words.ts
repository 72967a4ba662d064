import { readDataLater } from '../data.js';
import { withoutAccents } from '../text/accents.js';
import { wordVector } from './word-vectors.js';

/** For each language, by English words, the words that mean them, parted by spaces. */
type DictionaryFile = Record<string, Record<string, string>>;

const file = readDataLater<DictionaryFile>('data/english-words.json');
const dictionaries = new Map<string, Map<string, string>>();

/** Made of the file when the first text of its language comes. */
function dictionaryOf(language: string): Map<string, string> {
  const known = dictionaries.get(language);
  if (known) return known;
  const pairs = Object.entries(file()[language] ?? {}).flatMap(([english, words]) =>
    words.split(' ').map((word): [string, string] => [word, english]),
  );
  const dictionary = new Map(pairs);
  dictionaries.set(language, dictionary);
  return dictionary;
}

/** Whether there is a dictionary of a language's commoner words. */
export function hasDictionary(language: string): boolean {
  return language in file();
}

/**
 * The English word that stands for a lower-case word: itself in English, what a dictionary of the commoner words says,
 * or in a Romance language the English word of like form. All but the first have a vector.
 */
export function englishWord(word: string, language: string): string | undefined {
  if (language === 'en') return word;
  return dictionaryOf(language).get(word) ?? cognateOf(word, language);
}

/** Endings by which Romance words are known in English: santé stays, université is university. */
const COGNATES: [RegExp, string][] = [
  [/(?:ité|idad|idade|ità)s?$/, 'ity'],
  [/(?:ción|ciones|zione|zioni|ção|ções)$/, 'tion'],
  [/tions$/, 'tion'],
  [/(?:iques?|ico|ica|icos|icas|ici|iche)$/, 'ic'],
  [/(?:isme|ismo)s?$/, 'ism'],
  [/(?:iste|ista)s?$/, 'ist'],
  [/(?:eur|eurs|ador|adores|atore)$/, 'or'],
  [/(?:aires?|ario|aria|arios)$/, 'ary'],
  [/(?:ents?|ante?s?)$/, 'ent'],
  [/(?:ogie|ogía|ogia)s?$/, 'ogy'],
  [/(?:es|s|e|o|a|os|as)$/, ''],
];
const ROMANCE = new Set(['fr', 'es', 'it', 'pt', 'ca', 'ro']);

function cognateOf(word: string, language: string): string | undefined {
  if (!ROMANCE.has(language) || word.length < 5) return undefined;
  for (const [ending, english] of COGNATES) {
    if (!ending.test(word)) continue;
    const candidate = withoutAccents(word.replace(ending, english));
    if (candidate.length >= 4 && wordVector(candidate)) return candidate;
  }
  const bare = withoutAccents(word);
  return wordVector(bare) ? bare : undefined;
}
