#!/usr/bin/env node
/**
 * Trains the line and headline classifiers of flattened texts and writes their weights.
 *
 *   node training/train-flat.mjs DIRECTORY [--evaluate OUT.ndjson]
 *
 * Besides the flattened texts themselves it learns from the HTML sets, whose blocks become lines: lines and
 * headlines that those leave unlabelled get the answer of the classifier of HTML, which sees the markup, where it
 * is sure. Cross-validation is by site, as in train-body.mjs, and measured on given labels only.
 */
import { createWriteStream, writeFileSync } from 'node:fs';
import { decodeOriginal } from '../dist/index.js';
import { blockProbabilities, selectBody } from '../dist/body/body.js';
import { telltaleWords } from '../dist/body/tokens.js';
import { headlineAmong, selectLines, titleRows } from '../dist/flat/flat-model.js';
import {
  LINE_CONTEXT_FEATURES,
  lineContextFeatures,
  LINE_FEATURES,
  lineFeatures,
  textFacts,
} from '../dist/flat/line-features.js';
import { linesOf } from '../dist/flat/lines.js';
import { findSiteName } from '../dist/fields/site.js';
import { guessTitle } from '../dist/fields/title.js';
import { TITLE_FEATURES } from '../dist/flat/title-features.js';
import { BoostedTrees } from '../dist/model/boosted-trees.js';
import { readPage } from '../dist/page.js';
import { ProvenanceLog } from '../dist/provenance.js';
import { comparable } from '../dist/text.js';
import { trainBoostedTrees } from './boosted-trees.mjs';
import { casesOf, foldsBySite, HTML_SETS, labelTexts, siteOf, wordWeights } from './cases.mjs';

const FOLDS = 6;
const FIRST = { trees: 200, leaves: 24, rate: 0.08, rowShare: 0.6, featureShare: 0.5, minWeight: 3, l2: 4, seed: 1 };
const SECOND = { trees: 120, leaves: 12, rate: 0.06, rowShare: 0.6, featureShare: 0.5, minWeight: 3, l2: 6, seed: 2 };
const TITLE = { trees: 120, leaves: 10, rate: 0.06, rowShare: 0.7, featureShare: 0.5, minWeight: 2, l2: 3, seed: 3 };
/** Below and above these probabilities the classifier of HTML is believed. */
const SURE = { clutter: 0.2, article: 0.8 };

const [directory, , evaluationFile] = process.argv.slice(2);
const log = (...words) => console.error(new Date().toISOString().slice(11, 19), ...words);

const texts = readTexts();
log(`${texts.length} texts, ${texts.reduce((sum, text) => sum + text.facts.lines.length, 0)} lines`);
const folds = foldsBySite(texts, FOLDS);
for (const text of texts) text.fold = folds.get(text.site);
for (let fold = 0; fold < FOLDS; fold++) {
  const weights = new Map(Object.entries(weightsOf(texts.filter((text) => text.fold !== fold))));
  for (const text of texts)
    if (text.fold === fold) Object.assign(text, { weights, rows: lineFeatures(text.facts, weights) });
}

const own = (text) => [{ rows: text.rows, width: LINE_FEATURES.length }];
const both = (text) => [...own(text), { rows: text.context, width: LINE_CONTEXT_FEATURES.length }];
const bothNames = [...LINE_FEATURES, ...LINE_CONTEXT_FEATURES];
const asLines = (text) => ({
  labels: text.labels,
  weightOf: (i) => 0.6 + Math.min(3, text.facts.lines[i].text.length / 150),
  pageWeight: 60,
});
crossValidate('first', FIRST, LINE_FEATURES, own, asLines);
for (const text of texts) text.context = lineContextFeatures(text.facts.lines, text.first);
crossValidate('second', SECOND, bothNames, both, asLines);

const titled = texts.filter((text) => text.headline);
for (const text of texts) {
  text.selected = selectLines(text.facts, text.second);
  const { candidates, rows } = titleRows(text.facts, text.selected, text.second, text.weights);
  const wanted = comparable(text.headline ?? '');
  Object.assign(text, {
    candidates,
    titleRows: rows,
    titleLabels: candidates.map((i) => (text.facts.comparables[i] === wanted ? 1 : 0)),
  });
}
const ofTitle = (text) => [{ rows: text.titleRows, width: TITLE_FEATURES.length }];
const asTitles = (text) => ({
  labels: text.titleLabels,
  weightOf: (i) => (text.titleLabels[i] ? 10 : 1),
  // Collections differ in which wording is the headline; the flattened texts have the one readers see.
  pageWeight: text.set === 'flat' && text.truth.title ? 30 : 15,
});
crossValidate('title', TITLE, TITLE_FEATURES, ofTitle, asTitles, titled);
if (evaluationFile) evaluate(evaluationFile);

writeFileSync(
  new URL('../model/flat.json', import.meta.url),
  JSON.stringify({
    words: weightsOf(texts),
    first: train(texts, FIRST, LINE_FEATURES, own, asLines),
    second: train(texts, SECOND, bothNames, both, asLines),
    title: train(titled, TITLE, TITLE_FEATURES, ofTitle, asTitles),
  }) + '\n',
);
log('written');

function readTexts() {
  const texts = [];
  const pages = new Map();
  for (const set of HTML_SETS)
    for (const labelled of casesOf(directory, set)) {
      const page = readPage(decodeOriginal(labelled.bytes, 'text/html').text, labelled.url);
      const title = guessTitle(page, findSiteName(page, new ProvenanceLog('training')));
      const site = siteOf(labelled);
      pages.set(labelled.id.replace('/', '-'), { site, title });
      // The flattened texts are made from the other two sets.
      if (set === 'trafilatura' || set === 'fundus-eval') texts.push(flattened(labelled, site, page, title));
    }
  for (const labelled of casesOf(directory, 'flat')) {
    const { site, title } = pages.get(labelled.id.replace('flat/', ''));
    const lines = linesOf(decodeOriginal(labelled.bytes).text);
    texts.push({ ...sampleOf(labelled, site, title, lines), labels: labelsOf(lines, labelled.truth) });
  }
  return texts.filter(({ facts }) => facts.lines.length > 0);
}

/** The lines of an HTML page as its readers see them. */
function flattened(labelled, site, page, title) {
  const shown = page.blocks.flatMap(({ hidden }, i) => (hidden ? [] : [i]));
  const lines = shown.map((i) => page.blocks[i]);
  const given = labelsOf(lines, labelled.truth);
  const answers = labelled.truth.with ? answersOfBody(page, title) : [];
  return {
    ...sampleOf(labelled, site, title, lines),
    labels: given.map((label, at) => (label >= 0 ? label : (answers[shown[at]] ?? -1))),
  };
}

function answersOfBody(page, title) {
  const probabilities = blockProbabilities(page, title);
  const kept = new Set(selectBody(page, title, probabilities).kept.map(({ block }) => block));
  return page.blocks.map((block, i) => {
    if (kept.has(block)) return probabilities[i] > SURE.article ? 1 : -1;
    return probabilities[i] < SURE.clutter ? 0 : -1;
  });
}

function labelsOf(lines, truth) {
  return labelTexts(
    lines.map(({ text }) => text),
    truth,
  );
}

function sampleOf({ id, set, truth }, site, title, lines) {
  const facts = textFacts(lines.map(({ text, start, end }) => ({ text, start, end })));
  return { id, set, site, truth, headline: truth.title ?? title, facts };
}

function weightsOf(some) {
  const samples = some.flatMap(({ site, facts, labels }) =>
    facts.lines.flatMap(({ text }, i) =>
      labels[i] < 0 ? [] : [{ site, label: labels[i], words: telltaleWords(text) }],
    ),
  );
  return wordWeights(samples, 4);
}

function crossValidate(name, options, features, partsOf, viewOf, some = texts) {
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = new BoostedTrees(
      train(
        some.filter((text) => text.fold !== fold),
        options,
        features,
        partsOf,
        viewOf,
      ),
      features,
    );
    for (const text of texts)
      if (text.fold === fold)
        text[name] = model.probabilities(partsOf(text)[0].rows.length / partsOf(text)[0].width, partsOf(text));
  }
  let right = 0;
  let all = 0;
  for (const text of some)
    viewOf(text).labels.forEach((label, i) => {
      if (label < 0) return;
      all++;
      if (text[name][i] >= 0.5 === (label === 1)) right++;
    });
  log(`${name}: accuracy ${(right / all).toFixed(4)}`);
}

function train(some, options, features, partsOf, viewOf) {
  const width = features.length;
  const used = some.flatMap((text) => viewOf(text).labels.flatMap((label, i) => (label < 0 ? [] : [{ text, i }])));
  const rows = new Float32Array(used.length * width);
  const labels = new Uint8Array(used.length);
  const weights = new Float32Array(used.length);
  const totals = new Map();
  const views = new Map(some.map((text) => [text, viewOf(text)]));
  for (const { text, i } of used) totals.set(text, (totals.get(text) ?? 0) + views.get(text).weightOf(i));
  used.forEach(({ text, i }, r) => {
    let at = r * width;
    for (const { rows: source, width: size } of partsOf(text)) {
      rows.set(source.subarray(i * size, (i + 1) * size), at);
      at += size;
    }
    const view = views.get(text);
    labels[r] = view.labels[i];
    weights[r] = (view.weightOf(i) / totals.get(text)) * view.pageWeight;
  });
  return trainBoostedTrees({ rows, width, labels, weights, features: [...features] }, options);
}

function evaluate(file) {
  const out = createWriteStream(file);
  for (const { id, set, facts, selected, candidates, title } of texts) {
    if (set !== 'flat') continue;
    const chosen = headlineAmong(candidates, title);
    const paragraphs = selected.filter((i) => i !== chosen).map((i) => facts.lines[i].text);
    out.write(
      JSON.stringify({
        id,
        ok: true,
        article: { title: facts.lines[chosen]?.text, paragraphs, body: paragraphs.join('\n\n') },
      }) + '\n',
    );
  }
  out.end();
}
