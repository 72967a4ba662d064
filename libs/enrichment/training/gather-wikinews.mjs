// Gathers the texts without labels that the entity model also learns from (MORE of train-entities.mjs):
//   node training/gather-wikinews.mjs NLP_FOLDER TEXTS.ndjson
//   node training/dump-entity-vectors.mjs TEXTS.ndjson MORE
// NLP_FOLDER has the labelled sets of topics and near-duplicates; their English texts are from Wikinews (CC BY 2.5).
// A text that shares a fifth of its five-word runs with an earlier one is left out.
import { readFileSync, writeFileSync } from 'node:fs';

const RUN = 5;
const MOST_SHARED = 0.2;

const [folder, outPath] = process.argv.slice(2);
const topics = read('topics').filter(({ set }) => set === 'wikinews-en');
const pairs = read('neardup').flatMap(({ id, a, b }) => [
  { id: `${id}a`, text: a },
  { id: `${id}b`, text: b },
]);
writeFileSync(
  outPath,
  withoutLikes([...topics, ...pairs])
    .map(lineOf)
    .join(''),
);

function read(name) {
  return readFileSync(`${folder}/${name}.dev.ndjson`, 'utf8').split('\n').filter(Boolean).map(JSON.parse);
}

function withoutLikes(texts) {
  const earlier = [];
  return texts.filter(({ text }) => {
    const runs = runsOf(text);
    const isNew = earlier.every((other) => shared(runs, other) <= MOST_SHARED);
    if (isNew) earlier.push(runs);
    return isNew;
  });
}

function runsOf(text) {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  return new Set(words.slice(0, 1 - RUN).map((_, at) => words.slice(at, at + RUN).join(' ')));
}

/** Share of the smaller set that is in the other too. */
function shared(runs, other) {
  const both = [...runs].filter((run) => other.has(run)).length;
  return both / Math.max(1, Math.min(runs.size, other.size));
}

function lineOf({ id, text }) {
  return `${JSON.stringify({ id, text })}\n`;
}
