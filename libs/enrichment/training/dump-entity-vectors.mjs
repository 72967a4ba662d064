// Writes what train-entity-head.py learns from: what encoder and recognizer make of the tokens of labelled documents.
//   npm run entities:install && npx tsc -b libs/enrichment
//   node training/dump-entity-vectors.mjs GOLD.ndjson OUT [--folds 5]
// OUT.f32 has the vectors of all tokens, one after the other, each of all views; OUT.json has the views' widths and,
// for each run of capitals, the place of its first token among them, the tags, the words, the document's number and
// its fold.
import { openSync, writeFileSync, writeSync } from 'node:fs';
import { installedEncoder, installedRecognizer } from '../dist/encoder/installed-encoder.js';
import { MOVE_GROUPS, WIDTH } from '../dist/encoder/news-recognizer.js';
import { viewsOf } from '../dist/entities/encoder-opinion.js';
import { foldOf, readDocuments } from './entity-documents.mjs';

const ENCODED = 768;
const [goldPath, out] = process.argv.slice(2);
const folds = Number(process.argv[process.argv.indexOf('--folds') + 1]) || 5;

const encoder = installedEncoder(ENCODED);
const recognizer = installedRecognizer();
const file = openSync(`${out}.f32`, 'w');
const runs = [];
let offset = 0;
readDocuments(goldPath).forEach((document, number) => {
  const words = document.index.tokens.map(({ text }) => text);
  const views = viewsOf(words, { encoder, recognizer });
  const read = views[0].length;
  for (let at = 0; at < read; at++) for (const view of views) writeSync(file, view[at]);
  for (const { run, tags } of document.runs) {
    const { first, last } = run;
    if (last > read) continue;
    runs.push({
      first: offset + first,
      tags,
      words: words.slice(first, last),
      document: number,
      fold: foldOf(document, folds),
    });
  }
  offset += read;
});
writeFileSync(`${out}.json`, JSON.stringify({ dimensions: [ENCODED, WIDTH, MOVE_GROUPS], tokens: offset, runs }));
encoder.close();
