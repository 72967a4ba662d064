// Trains the weights that rank keyphrases, by logistic regression on labelled texts, one set a language.
//   npx tsc -b libs/enrichment && node training/train-keyphrases.mjs GOLD.ndjson model/keyphrases.json [--folds 5]
// GOLD has {id, lang, text, keyphrases: [..]} lines. With --folds it prints F1 at 10 over held-out texts.
import { readFileSync, writeFileSync } from 'node:fs';
import { candidatesIn, FEATURES } from '../dist/keyphrases/candidates.js';
import { rankPhrases } from '../dist/keyphrases/rank.js';
import { stem } from '../dist/keyphrases/stem.js';
import { TextIndex } from '../dist/text/text-index.js';

const ROUNDS = 400;
const RATE = 0.5;
const L2 = 0.001;
const AT = 10;

const [goldPath, outPath] = process.argv.slice(2);
const folds = Number(process.argv[process.argv.indexOf('--folds') + 1]) || 0;
const texts = readFileSync(goldPath, 'utf8').split('\n').filter(Boolean).map(JSON.parse).map(prepare);

if (process.argv.includes('--folds')) crossValidate();
const languages = [...new Set(texts.map((text) => text.lang))];
const model = Object.fromEntries(languages.map((lang) => [lang, train(texts.filter((text) => text.lang === lang))]));
model.other = train(texts);
writeFileSync(outPath, JSON.stringify(model, null, 1));

function prepare({ lang, text, keyphrases }) {
  const index = new TextIndex(text);
  const gold = new Set(keyphrases.map(keyOf));
  const rows = candidatesIn(index, index.sentences, lang).map(({ key, features }) => ({
    features,
    label: gold.has(key) ? 1 : 0,
  }));
  return { lang, text: index, gold, rows };
}

function keyOf(phrase) {
  return (phrase.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(stem).join(' ');
}

function crossValidate() {
  for (const lang of new Set(texts.map((text) => text.lang))) {
    const own = texts.filter((text) => text.lang === lang);
    const scores = own.map((text, at) => {
      const weights = train(own.filter((_, other) => other % folds !== at % folds));
      return f1(text, { [lang]: weights });
    });
    console.log(
      lang,
      'F1@10 over held-out texts',
      (scores.reduce((sum, score) => sum + score, 0) / scores.length).toFixed(4),
    );
  }
}

function f1({ text, lang, gold }, weights) {
  const found = new Set(rankPhrases(text, text.sentences, lang, AT, [], weights).map((phrase) => keyOf(phrase.text)));
  const right = [...found].filter((key) => gold.has(key)).length;
  const precision = right / (found.size || 1);
  const recall = right / Math.min(AT, gold.size);
  return right ? (2 * precision * recall) / (precision + recall) : 0;
}

/** Gradient descent on the log loss; every text counts alike, however many phrases it has. */
function train(training) {
  const weights = new Float64Array(FEATURES.length);
  let bias = -4;
  for (let round = 0; round < ROUNDS; round++) {
    const slope = new Float64Array(FEATURES.length);
    let biasSlope = 0;
    for (const { rows } of training) {
      for (const { features, label } of rows) {
        const score = features.reduce((sum, value, at) => sum + value * weights[at], bias);
        const error = (1 / (1 + Math.exp(-score)) - label) / rows.length;
        features.forEach((value, at) => (slope[at] += error * value));
        biasSlope += error;
      }
    }
    weights.forEach((weight, at) => (weights[at] -= (RATE * 10 * slope[at]) / training.length + RATE * L2 * weight));
    bias -= (RATE * 10 * biasSlope) / training.length;
  }
  return [...weights].map((weight) => Math.round(weight * 1000) / 1000);
}
