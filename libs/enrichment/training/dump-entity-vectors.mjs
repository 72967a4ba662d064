// Writes what train-entity-head.py learns from: the encoder's vectors of the tokens of labelled documents.
//   npm run entities:install && npx tsc -b libs/enrichment
//   node training/dump-entity-vectors.mjs GOLD.ndjson OUT [--folds 5]
// OUT.f32 has the vectors of all tokens, one after the other; OUT.json has, for each run of capitals, the place of
// its first token among them, the tags, the words, the document's number and its fold.
import { openSync, writeFileSync, writeSync } from 'node:fs';
import { vocabulary } from '../dist/entities/encoder-opinion.js';
import { installedEncoder } from '../dist/encoder/installed-encoder.js';
import { tokenVectors } from '../dist/encoder/token-vectors.js';
import { foldOf, readDocuments } from './entity-documents.mjs';

const DIMENSIONS = 768;
const [goldPath, out] = process.argv.slice(2);
const folds = Number(process.argv[process.argv.indexOf('--folds') + 1]) || 5;

const encoder = installedEncoder(DIMENSIONS);
const file = openSync(`${out}.f32`, 'w');
const runs = [];
let offset = 0;
readDocuments(goldPath).forEach((document, number) => {
  const words = document.index.tokens.map(({ text }) => text);
  const vectors = tokenVectors(words, vocabulary(), encoder);
  for (const vector of vectors) writeSync(file, vector);
  for (const { run, tags } of document.runs) {
    const { first, last } = run;
    if (last > vectors.length) continue;
    runs.push({
      first: offset + first,
      tags,
      words: words.slice(first, last),
      document: number,
      fold: foldOf(document, folds),
    });
  }
  offset += vectors.length;
});
writeFileSync(`${out}.json`, JSON.stringify({ dimensions: DIMENSIONS, tokens: offset, runs }));
encoder.close();
