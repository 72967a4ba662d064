// What the scripts that train on entities share: labelled documents as runs of capitals with their tags, and folds.
import { readFileSync } from 'node:fs';
import { DENSE_LENGTH, VECTOR_UNIT, WordForms } from '../dist/entities/features.js';
import { readRuns } from '../dist/entities/recognize.js';
import { TAGS } from '../dist/entities/sequence-model.js';
import { TextIndex } from '../dist/text/text-index.js';
import { DIMENSIONS } from '../dist/words/word-vectors.js';

export const TYPES = ['person', 'organisation', 'place'];
const FORMS = new WordForms((features) => features);

/** The documents of a file of {id, text, entities: [{start, end, type}]} lines; without entities, all is outside. */
export function readDocuments(path) {
  return readLines(path).map(prepare);
}

export function readLines(path) {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean).map(JSON.parse);
}

/** What excerpts of one document share. */
export function groupOf(id) {
  return id.replace(/\.\d+$/, '');
}

/** Which of so many folds a document is held out in: excerpts of one document stay together. */
export function foldOf({ group }, folds) {
  let value = 5381;
  for (const char of group) value = (Math.imul(value, 33) + char.charCodeAt(0)) >>> 0;
  return value % folds;
}

/** A document's runs of capitals as features and gold tags. */
export function prepare({ id, text, entities = [] }) {
  const index = new TextIndex(text);
  const { tokens } = index;
  const gold = entities.filter((entity) => TYPES.includes(entity.type));
  const tags = tagsOf(
    tokens.length,
    gold.map(({ start, end, type }) => {
      const first = tokens.findIndex((token) => token.start >= start);
      const last = tokens.findLastIndex((token) => token.end <= end) + 1;
      return { type, first, last };
    }),
  );
  const runs = readRuns(index, FORMS).map(({ run, weights }) => ({
    run,
    features: weights.map(featuresOf),
    tags: idsOf(tags.slice(run.first, run.last)),
  }));
  const others = entities.filter((entity) => !TYPES.includes(entity.type));
  return { id, group: groupOf(id), set: id.split('-')[0], index, gold, others, runs };
}

/** The features of a token as one list of names and one vector. */
function featuresOf(groups) {
  const dense = new Float32Array(DENSE_LENGTH);
  for (const { vector, place } of groups) {
    vector?.forEach((part, at) => (dense[place * DIMENSIONS + at] = part / VECTOR_UNIT));
  }
  return { names: groups.flatMap(({ names }) => names), dense };
}

/** The tag of each of so many tokens, where names stand at tokens `[first, last)`. */
export function tagsOf(length, names) {
  const tags = Array(length).fill('O');
  for (const { type, first, last } of names) {
    for (let at = first; at < last; at++) {
      const part = last - first === 1 ? 'U' : at === first ? 'B' : at === last - 1 ? 'L' : 'I';
      tags[at] = `${part}-${type}`;
    }
  }
  return tags;
}

/** The tags of a run as the model counts them. */
export function idsOf(tags) {
  return closed(tags).map((tag) => TAGS.indexOf(tag));
}

/** A name that reaches out of its run is taught as outside: it can't be found. */
function closed(tags) {
  let open = false;
  const isBroken = tags.some((tag) => {
    const starts = tag[0] === 'B' || tag[0] === 'U' || tag === 'O';
    const broken = starts === open;
    open = tag[0] === 'B' || tag[0] === 'I';
    return broken;
  });
  return isBroken || open ? tags.map((tag) => (tag[0] === 'U' ? tag : 'O')) : tags;
}
