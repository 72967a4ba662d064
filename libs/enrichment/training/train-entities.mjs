// Trains the entity model: a linear-chain CRF (BILOU tags) by stochastic gradient with AdaGrad.
//   npx tsc -b libs/enrichment && node training/train-entities.mjs GOLD.ndjson model/entities.json [--folds 5]
//     [--more TEXTS.ndjson MORE] [--head OUT]
// GOLD has {id, text, entities: [{start, end, type}]} lines. With --folds it prints the strict
// micro-F1 over held-out documents first (excerpts of one document stay together), which is the figure
// to quote; the model written is trained on all of them. With --more, as for the model that is shipped, it also
// learns from {id, text} lines without labels (gather-wikinews.mjs writes them): a first model and the head (MORE of
// train-entity-head.py) label them together, in a fold those that have not seen its documents; and it learns from a
// copy of each labelled text with names exchanged. With --head the folds are counted with a second opinion, that of
// heads trained on the same folds (OUT of the same script).
import { readFileSync, writeFileSync } from 'node:fs';
import { DENSE_LENGTH, FEATURES_VERSION } from '../dist/entities/features.js';
import { mayFollow, SequenceModel, TAGS } from '../dist/entities/sequence-model.js';
import { recognizeNames } from '../dist/entities/recognize.js';
import { DIMENSIONS } from '../dist/words/word-vectors.js';
import { foldOf, idsOf, prepare, readDocuments, readLines, tagsOf, TYPES } from './entity-documents.mjs';
import { exchangeNames } from './exchange-names.mjs';

const EPOCHS = 20;
const RATE = 0.04;
const L2 = 0.01;
// Share of the features that name a word which each step leaves out, so that context and form must carry too.
const DROPPED = 0.5;
// The same of the vectors of words: of the token, its neighbours, its run.
const VECTORS_DROPPED = 0.2;
const LEAST_COUNT = 2;
// Taken from the score of "outside", since a missed name costs as much as a false one.
const OUTSIDE = 0.5;
// What a label counts that no person gave.
const MORE_TRUST = 0.5;
// What a label counts in a copy whose names were exchanged.
const COPY_TRUST = 0.3;
const SEED = 7;
// As in train-entity-head.py.
const HEAD_WEIGHT = 1.8;
const SCALE = 64;
const WIDTH = TAGS.length;
const ALLOWED = TAGS.map((from) => TAGS.map((to) => mayFollow(from, to)));

const [goldPath, outPath] = process.argv.slice(2);
const [folds] = option('--folds').map(Number);
const [headDump] = option('--head');
const [morePath, moreDump] = option('--more', 2);
const lines = readLines(goldPath);
const documents = lines.map(prepare);
const more = morePath ? readDocuments(morePath) : [];
const copied = more.length ? exchangeNames(lines, folds ?? 5, generator(SEED)) : [];
const copies = new Map(copied.map((line, at) => [documents[at], copyOf(line)]));

if (folds) crossValidate(headDump && readOpinions(documents, `${headDump}.opinions.f32`));
if (outPath && !outPath.startsWith('--')) writeFileSync(outPath, JSON.stringify(learn(documents, '')));

function option(name, values = 1) {
  const at = process.argv.indexOf(name);
  return at < 0 ? [] : process.argv.slice(at + 1, at + 1 + values);
}

function crossValidate(opinions) {
  const counts = new Map();
  for (let fold = 0; fold < folds; fold++) {
    const seen = documents.filter((document) => foldOf(document, folds) !== fold);
    const model = new SequenceModel(learn(seen, `.${fold}`));
    for (const document of documents.filter((one) => foldOf(one, folds) === fold)) {
      count(document, model, counts, opinions && (() => opinions.get(document)));
    }
  }
  for (const [name, c] of counts) {
    const precision = c.right / c.found;
    const recall = c.right / c.gold;
    console.log(
      name.padEnd(24),
      `P ${precision.toFixed(3)} R ${recall.toFixed(3)} F1 ${((2 * precision * recall) / (precision + recall)).toFixed(4)}`,
    );
  }
}

function copyOf(line) {
  return { ...prepare(line), trust: COPY_TRUST };
}

/** Trains on labelled documents, and then on these, their copies and the others, as the first model and a head label them. */
function learn(labelled, fold) {
  const taught = train(labelled);
  if (!more.length) return taught;
  const model = new SequenceModel(taught);
  const opinions = readOpinions(more, `${moreDump}.opinions${fold}.f32`);
  return train([
    ...labelled,
    ...more.map((document) => labelledBy(model, document, opinions.get(document))),
    ...labelled.map((document) => copies.get(document)),
  ]);
}

function labelledBy(model, document, opinion) {
  const tags = tagsOf(
    document.index.tokens.length,
    recognizeNames(document.index, () => opinion, model),
  );
  const runs = document.runs.map(({ run, features }) => ({ features, tags: idsOf(tags.slice(run.first, run.last)) }));
  return { ...document, runs, trust: MORE_TRUST };
}

/** What heads say of the runs of each document, weighted. */
function readOpinions(list, path) {
  const bytes = readFileSync(path);
  const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / Float32Array.BYTES_PER_ELEMENT);
  let at = 0;
  const next = ({ tags }) => Float64Array.from({ length: tags.length * WIDTH }, () => values[at++] * HEAD_WEIGHT);
  return new Map(list.map((document) => [document, document.runs.map(next)]));
}

function count(document, model, counts, opinion) {
  const add = (name, key, by) => {
    if (!counts.has(name)) counts.set(name, { right: 0, found: 0, gold: 0 });
    counts.get(name)[key] += by;
  };
  const { tokens } = document.index;
  const found = recognizeNames(document.index, opinion, model).map(({ type, first, last }) => ({
    type,
    start: tokens[first].start,
    end: tokens[last - 1].end,
  }));
  const isGold = (span) =>
    document.gold.some((g) => g.type === span.type && g.start === span.start && g.end === span.end);
  const counted = found.filter(
    (span) => isGold(span) || !document.others.some((o) => o.start < span.end && span.start < o.end),
  );
  for (const name of ['all', document.set, `fold ${foldOf(document, folds)}`]) {
    add(name, 'gold', document.gold.length);
    add(name, 'found', counted.length);
    add(name, 'right', counted.filter(isGold).length);
  }
  for (const type of TYPES) {
    add(type, 'gold', document.gold.filter((g) => g.type === type).length);
    add(type, 'found', counted.filter((g) => g.type === type).length);
    add(type, 'right', counted.filter((g) => g.type === type && isGold(g)).length);
  }
}

function train(training) {
  const ids = featureIds(training);
  const naming = Uint8Array.from(ids.keys(), (name) => (/^[wep]/.test(name) || name.startsWith('g,w') ? 1 : 0));
  const weights = new Float32Array(ids.size * WIDTH);
  const squares = new Float32Array(ids.size * WIDTH).fill(1e-2);
  const sums = new Float64Array(ids.size * WIDTH);
  const denseWeights = new Float64Array(DENSE_LENGTH * WIDTH);
  const denseSquares = new Float64Array(DENSE_LENGTH * WIDTH).fill(1);
  const denseSums = new Float64Array(DENSE_LENGTH * WIDTH);
  const transitions = new Float64Array(WIDTH * WIDTH);
  const transitionSquares = new Float64Array(WIDTH * WIDTH).fill(1e-2);
  const transitionSums = new Float64Array(WIDTH * WIDTH);
  const sentences = training.flatMap((document) =>
    document.runs.map(({ features, tags }) => ({
      tags,
      trust: document.trust ?? 1,
      features: features.map(({ names }) => names.map((name) => ids.get(name)).filter((id) => id !== undefined)),
      dense: features.map(({ dense }) => dense),
    })),
  );
  const random = generator(SEED);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(sentences, random);
    for (const sentence of sentences) if (sentence.tags.length) step(sentence);
    // The mean over the later epochs is steadier than the last.
    if (epoch >= EPOCHS / 2) {
      for (let at = 0; at < weights.length; at++) sums[at] += weights[at];
      for (let at = 0; at < transitions.length; at++) transitionSums[at] += transitions[at];
      for (let at = 0; at < denseWeights.length; at++) denseSums[at] += denseWeights[at];
    }
  }
  const kept = EPOCHS - Math.ceil(EPOCHS / 2);
  return packed(ids, sums, denseSums, transitionSums, kept);

  function step({ features: all, dense: allDense, tags, trust }) {
    const features = all.map((list) => list.filter((id) => !naming[id] || random() >= DROPPED));
    const dense = allDense.map((vectors) => withoutSome(vectors, random));
    const { node, edge } = marginals(features, dense);
    for (let at = 0; at < tags.length; at++) {
      for (let tag = 0; tag < WIDTH; tag++) {
        const gradient = trust * (node[at * WIDTH + tag] - (tags[at] === tag ? 1 : 0));
        if (Math.abs(gradient) < 1e-4) continue;
        for (const id of features[at]) update(weights, squares, id * WIDTH + tag, gradient);
        for (let d = 0; d < DENSE_LENGTH; d++) {
          if (dense[at][d]) update(denseWeights, denseSquares, d * WIDTH + tag, gradient * dense[at][d]);
        }
      }
    }
    for (let pair = 0; pair < WIDTH * WIDTH; pair++) {
      let gradient = edge[pair];
      for (let at = 1; at < tags.length; at++) if (tags[at - 1] * WIDTH + tags[at] === pair) gradient -= 1;
      if (gradient) update(transitions, transitionSquares, pair, trust * gradient);
    }
  }

  function update(values, accumulated, at, gradient) {
    const slope = gradient + L2 * values[at];
    accumulated[at] += slope * slope;
    values[at] -= (RATE * slope) / Math.sqrt(accumulated[at]);
  }

  /** Forward-backward: chance of each tag at each token, and expected count of each pair of tags. */
  function marginals(features, dense) {
    const length = features.length;
    const scores = new Float64Array(length * WIDTH);
    for (let at = 0; at < length; at++) {
      for (const id of features[at])
        for (let tag = 0; tag < WIDTH; tag++) scores[at * WIDTH + tag] += weights[id * WIDTH + tag];
      for (let d = 0; d < DENSE_LENGTH; d++) {
        if (dense[at][d])
          for (let tag = 0; tag < WIDTH; tag++)
            scores[at * WIDTH + tag] += dense[at][d] * denseWeights[d * WIDTH + tag];
      }
    }
    const forward = new Float64Array(length * WIDTH);
    const backward = new Float64Array(length * WIDTH);
    const scale = new Float64Array(length);
    const links = transitions.map((value, pair) =>
      ALLOWED[Math.floor(pair / WIDTH)][pair % WIDTH] ? Math.exp(value) : 0,
    );
    const emit = scores.map((value, at) => Math.exp(value - max(scores, Math.floor(at / WIDTH))));
    for (let at = 0; at < length; at++) {
      let total = 0;
      for (let to = 0; to < WIDTH; to++) {
        let sum = 0;
        if (at === 0) sum = ALLOWED[0][to] ? 1 : 0;
        else
          for (let from = 0; from < WIDTH; from++) sum += forward[(at - 1) * WIDTH + from] * links[from * WIDTH + to];
        total += forward[at * WIDTH + to] = sum * emit[at * WIDTH + to];
      }
      scale[at] = total || 1e-300;
      for (let to = 0; to < WIDTH; to++) forward[at * WIDTH + to] /= scale[at];
    }
    for (let tag = 0; tag < WIDTH; tag++) backward[(length - 1) * WIDTH + tag] = ALLOWED[tag][0] ? 1 : 0;
    for (let at = length - 2; at >= 0; at--) {
      for (let from = 0; from < WIDTH; from++) {
        let sum = 0;
        for (let to = 0; to < WIDTH; to++) {
          sum += links[from * WIDTH + to] * emit[(at + 1) * WIDTH + to] * backward[(at + 1) * WIDTH + to];
        }
        backward[at * WIDTH + from] = sum / scale[at + 1];
      }
    }
    const node = new Float64Array(length * WIDTH);
    const edge = new Float64Array(WIDTH * WIDTH);
    for (let at = 0; at < length; at++) {
      let total = 0;
      for (let tag = 0; tag < WIDTH; tag++)
        total += node[at * WIDTH + tag] = forward[at * WIDTH + tag] * backward[at * WIDTH + tag];
      for (let tag = 0; tag < WIDTH; tag++) node[at * WIDTH + tag] /= total || 1;
      if (at === 0) continue;
      for (let from = 0; from < WIDTH; from++) {
        for (let to = 0; to < WIDTH; to++) {
          edge[from * WIDTH + to] +=
            (forward[(at - 1) * WIDTH + from] *
              links[from * WIDTH + to] *
              emit[at * WIDTH + to] *
              backward[at * WIDTH + to]) /
            scale[at] /
            (total || 1);
        }
      }
    }
    return { node, edge };
  }
}

function withoutSome(vectors, random) {
  const left = vectors.slice();
  for (let first = 0; first < left.length; first += DIMENSIONS) {
    if (random() < VECTORS_DROPPED) left.fill(0, first, first + DIMENSIONS);
  }
  return left;
}

function max(scores, row) {
  let best = -Infinity;
  for (let tag = 0; tag < WIDTH; tag++) best = Math.max(best, scores[row * WIDTH + tag]);
  return best;
}

function featureIds(training) {
  const counts = new Map();
  for (const document of training) {
    for (const { features } of document.runs) {
      for (const name of features.flatMap(({ names }) => names)) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const names = [...counts].filter(([, count]) => count >= LEAST_COUNT).map(([name]) => name);
  return new Map(names.map((name, id) => [name, id]));
}

/** Rounds and drops what hardly counts, so that the file stays small. */
function packed(ids, sums, denseSums, transitionSums, kept) {
  const features = {};
  for (const [name, id] of ids) {
    const pairs = [];
    for (let tag = 0; tag < WIDTH; tag++) {
      const weight = Math.round((sums[id * WIDTH + tag] / kept) * SCALE);
      if (Math.abs(weight) >= 3) pairs.push(tag, weight);
    }
    if (pairs.length) features[name] = pairs;
  }
  features.b = leaning(features.b ?? [], OUTSIDE);
  const transitions = [...transitionSums].map((sum) => Math.round((sum / kept) * SCALE));
  const dense = [...denseSums].map((sum) => Math.round((sum / kept) * SCALE));
  return { featuresVersion: FEATURES_VERSION, scale: SCALE, transitions, features, dense };
}

/** The weights of the feature that always holds, with less for tag 0, "outside". */
function leaning(pairs, less) {
  const others = pairs.filter((_, at) => pairs[at - (at % 2)] !== 0);
  const outside = pairs.findIndex((tag, at) => at % 2 === 0 && tag === 0);
  return [0, (outside < 0 ? 0 : pairs[outside + 1]) - Math.round(less * SCALE), ...others];
}

function generator(seed) {
  let state = seed;
  return () => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x80000000;
}

function shuffle(list, random) {
  for (let at = list.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other], list[at]];
  }
}
