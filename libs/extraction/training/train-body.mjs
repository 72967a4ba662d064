#!/usr/bin/env node
/**
 * Trains the block classifier of HTML pages on labelled pages and writes its weights.
 *
 *   node training/train-body.mjs DIRECTORY [--evaluate OUT.ndjson]
 *
 * Cross-validation is by site: a page's probabilities for the evaluation come from models, and its word
 * weights from counts, that saw no page of its site. The second stage is trained on the first
 * stage's out-of-fold answers for the same reason.
 */
import { createWriteStream, writeFileSync } from 'node:fs';
import { decodeOriginal } from '../dist/index.js';
import { selectBody } from '../dist/body/body.js';
import { contextFeatures, CONTEXT_FEATURES } from '../dist/body/context-features.js';
import { BLOCK_FEATURES, blockFeatures } from '../dist/body/features.js';
import { markupKey, markupWords, telltaleWords } from '../dist/body/tokens.js';
import { findSiteName } from '../dist/fields/site.js';
import { guessTitle } from '../dist/fields/title.js';
import { BoostedTrees } from '../dist/model/boosted-trees.js';
import { readPage } from '../dist/page.js';
import { ProvenanceLog } from '../dist/provenance.js';
import { trainBoostedTrees } from './boosted-trees.mjs';
import { casesOf, foldsBySite, HTML_SETS, labelTexts, siteOf, wordWeights } from './cases.mjs';

const FOLDS = 6;
const FIRST = { trees: 110, leaves: 20, rate: 0.12, rowShare: 0.6, featureShare: 0.5, minWeight: 4, l2: 4, seed: 1 };
const SECOND = { trees: 90, leaves: 16, rate: 0.1, rowShare: 0.6, featureShare: 0.5, minWeight: 4, l2: 6, seed: 2 };

const [directory, , evaluationFile] = process.argv.slice(2);
const log = (...words) => console.error(new Date().toISOString().slice(11, 19), ...words);

const pages = readPages();
log(`${pages.length} pages, ${pages.reduce((sum, page) => sum + page.blocks.length, 0)} blocks`);
const folds = foldsBySite(pages, FOLDS);
for (const page of pages) page.fold = folds.get(page.site);

for (let fold = 0; fold < FOLDS; fold++) {
  const weights = asMaps(weightsOf(pages.filter((page) => page.fold !== fold)));
  for (const page of pages) if (page.fold === fold) page.rows = blockFeatures(page.page, page.title, weights);
}
log('features done');

crossValidate('first', FIRST, BLOCK_FEATURES, (page) => [{ rows: page.rows, width: BLOCK_FEATURES.length }]);
for (const page of pages) page.context = contextFeatures(page.blocks, page.first);
const both = [...BLOCK_FEATURES, ...CONTEXT_FEATURES];
const bothParts = (page) => [
  { rows: page.rows, width: BLOCK_FEATURES.length },
  { rows: page.context, width: CONTEXT_FEATURES.length },
];
crossValidate('second', SECOND, both, bothParts);
if (evaluationFile) evaluate(evaluationFile);

const words = weightsOf(pages);
const firstModel = train(pages, FIRST, BLOCK_FEATURES, (page) => [{ rows: page.rows, width: BLOCK_FEATURES.length }]);
const secondModel = train(pages, SECOND, both, bothParts);
writeFileSync(
  new URL('../model/body.json', import.meta.url),
  JSON.stringify({ words, first: firstModel, second: secondModel }) + '\n',
);
log('written');

function readPages() {
  const read = [];
  for (const set of HTML_SETS)
    for (const labelled of casesOf(directory, set)) {
      const page = readPage(decodeOriginal(labelled.bytes, 'text/html').text, labelled.url);
      const provenance = new ProvenanceLog('training');
      const title = guessTitle(page, findSiteName(page, provenance));
      const labels = labelTexts(
        page.blocks.map(({ text }) => text),
        labelled.truth,
      );
      read.push({ id: labelled.id, set, site: siteOf(labelled), page, blocks: page.blocks, title, labels });
    }
  return read;
}

function weightsOf(some) {
  const markup = [];
  const text = [];
  for (const { site, blocks, labels } of some)
    blocks.forEach((block, i) => {
      if (labels[i] < 0) return;
      const above = new Set();
      let at = block.container;
      for (let level = 0; at && level < 9; at = at.parent, level++)
        for (const word of markupWords(markupKey(at))) above.add(word);
      markup.push({ site, label: labels[i], words: above });
      text.push({ site, label: labels[i], words: telltaleWords(block.text) });
    });
  return { markup: wordWeights(markup, 4), text: wordWeights(text, 4) };
}

function asMaps({ markup, text }) {
  return { markup: new Map(Object.entries(markup)), text: new Map(Object.entries(text)) };
}

/** Fills `page[name]` with out-of-fold probabilities. */
function crossValidate(name, options, features, partsOf) {
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = new BoostedTrees(
      train(
        pages.filter((page) => page.fold !== fold),
        options,
        features,
        partsOf,
      ),
      features,
    );
    for (const page of pages)
      if (page.fold === fold) page[name] = model.probabilities(page.blocks.length, partsOf(page));
  }
  let right = 0;
  let all = 0;
  let loss = 0;
  for (const page of pages)
    page.labels.forEach((label, i) => {
      if (label < 0) return;
      all++;
      if (page[name][i] >= 0.5 === (label === 1)) right++;
      loss -= Math.log(Math.max(1e-6, label ? page[name][i] : 1 - page[name][i]));
    });
  log(`${name}: accuracy ${(right / all).toFixed(4)}, loss ${(loss / all).toFixed(4)}`);
}

/** Long blocks weigh more, and all blocks of a page together about the same on every page. */
function train(some, options, features, partsOf) {
  const width = features.length;
  const used = some.flatMap((page) => page.labels.flatMap((label, i) => (label < 0 ? [] : [{ page, i }])));
  const rows = new Float32Array(used.length * width);
  const labels = new Uint8Array(used.length);
  const weights = new Float32Array(used.length);
  const totals = new Map();
  const raw = ({ page, i }) => (page.labels[i] ? 1 : 0.7) * (0.6 + Math.min(3, page.blocks[i].text.length / 150));
  for (const each of used) totals.set(each.page, (totals.get(each.page) ?? 0) + raw(each));
  used.forEach((each, r) => {
    let at = r * width;
    for (const { rows: source, width: size } of partsOf(each.page)) {
      rows.set(source.subarray(each.i * size, (each.i + 1) * size), at);
      at += size;
    }
    labels[r] = each.page.labels[each.i];
    const pageWeight = each.page.set === 'trafilatura' ? 12 : 80;
    weights[r] = (raw(each) / totals.get(each.page)) * pageWeight;
  });
  return trainBoostedTrees({ rows, width, labels, weights, features: [...features] }, options);
}

function evaluate(file) {
  const out = createWriteStream(file);
  for (const page of pages) {
    const paragraphs = selectBody(page.page, page.title, page.second).kept.map(({ block }) => block.text);
    out.write(JSON.stringify({ id: page.id, ok: true, article: { paragraphs, body: paragraphs.join('\n\n') } }) + '\n');
  }
  out.end();
}
