import { withoutAccents } from '../text/accents.js';

/** Endings of inflection (number, case, article), longest first, and what stands for them. */
const ENDINGS: Record<string, [RegExp, string][]> = {
  en: [
    [/ies$/, 'y'],
    [/(ss|us|is)$/, '$1'],
    [/(x|z|ch|sh|ss)es$/, '$1'],
    [/s$/, ''],
  ],
  fr: [
    [/eaux$/, 'eau'],
    [/aux$/, 'al'],
    [/(?:es|e|s|x)$/, ''],
  ],
  es: [[/(?:es|as|os|s|a|o|e)$/, '']],
  pt: [
    [/oes$/, 'ao'],
    [/(?:ais|eis)$/, 'al'],
    [/(?:es|as|os|s|a|o|e)$/, ''],
  ],
  de: [[/(?:ern|en|er|es|em|e|n|s)$/, '']],
  sv: [[/(?:arnas|ernas|ornas|arna|erna|orna|ans|ens|ets|ar|er|or|an|en|et|a|e|s)$/, '']],
  da: [[/(?:ernes|erne|ens|ets|ene|er|en|et|e|s)$/, '']],
};
const SHORTEST_STEM = 3;

/** Whether the language writes every noun with a capital, which tells `Bombe` from a form of a verb. */
export function writesNounsWithCapital(language: string): boolean {
  return language === 'de';
}

/** The word in the form that stands for all its inflected ones; lower case, without accents. Never shown. */
export function baseForm(word: string, language: string): string {
  const plain = withoutAccents(word.toLowerCase());
  for (const [ending, rest] of ENDINGS[language] ?? []) {
    if (!ending.test(plain)) continue;
    const base = plain.replace(ending, rest);
    return base.length < SHORTEST_STEM ? plain : base;
  }
  return plain;
}
