import { readData } from '../data.js';
import { NOT_PERSONAL, TITLES } from './lexicon.js';

export type Gender = 'female' | 'male';

const listed = new Map(
  Object.entries(readData<Record<Gender, string>>('data/given-names.json')).flatMap(([gender, names]) =>
    names
      .split(' ')
      .filter((name) => !TITLES.has(name) && !NOT_PERSONAL.has(name))
      .map((name) => [name, gender as Gender] as const),
  ),
);

/** Whose a given name mostly is: `undefined` for one that both bear, and for a word that isn't known as one. */
export function genderOfGivenName(word: string): Gender | undefined {
  return listed.get(word.toLowerCase());
}

/** The same of a whole name, "Anna-Lena Holm", by its first part. */
export function genderOfName(name: string): Gender | undefined {
  return genderOfGivenName(/^[^ -]*/.exec(name)![0]);
}
