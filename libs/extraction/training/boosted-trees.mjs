/**
 * Trains gradient-boosted decision trees for two classes: histogram splits on quantile bins, leaf-wise
 * growth, logistic loss, rows and features sampled for every tree. Written out because the trees are
 * small and a dependency for them would be larger than they are.
 */

const BINS = 64;

/** Deterministic random numbers (mulberry32): the same data gives the same model. */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Cuts each feature at quantiles. `rows` is row-major with `width` features. */
export function binFeatures(rows, width, count) {
  const cuts = [];
  const bins = Array.from({ length: width }, () => new Uint8Array(count));
  const sample = new Float32Array(Math.min(count, 40_000));
  for (let f = 0; f < width; f++) {
    for (let i = 0; i < sample.length; i++) sample[i] = rows[Math.floor((i * count) / sample.length) * width + f];
    sample.sort();
    const own = [];
    for (let b = 1; b < BINS; b++) {
      const at = Math.floor((b * sample.length) / BINS);
      const cut = sample[at - 1];
      if (cut < sample[sample.length - 1] && (own.length === 0 || cut > own[own.length - 1])) own.push(cut);
    }
    cuts.push(own);
    const column = bins[f];
    for (let i = 0; i < count; i++) {
      const value = rows[i * width + f];
      let low = 0;
      let high = own.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (value <= own[middle]) high = middle;
        else low = middle + 1;
      }
      column[i] = low;
    }
  }
  return { cuts, bins };
}

/**
 * @param {{ rows: Float32Array, width: number, labels: Uint8Array, weights: Float32Array, features: string[] }} data
 * @param {{ trees: number, leaves: number, rate: number, rowShare: number, featureShare: number, minWeight: number, l2: number, seed: number }} options
 */
export function trainBoostedTrees(data, options) {
  const { width, labels, weights } = data;
  const count = labels.length;
  const { cuts, bins } = binFeatures(data.rows, width, count);
  const random = randomFrom(options.seed);
  const model = { features: data.features, base: 0, feature: [], value: [], left: [], right: [], roots: [] };
  let positive = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    total += weights[i];
    if (labels[i]) positive += weights[i];
  }
  model.base = Math.log(positive / (total - positive));
  const scores = new Float64Array(count).fill(model.base);
  const gradients = new Float64Array(count);
  const hessians = new Float64Array(count);

  for (let t = 0; t < options.trees; t++) {
    for (let i = 0; i < count; i++) {
      const p = 1 / (1 + Math.exp(-scores[i]));
      gradients[i] = weights[i] * (p - labels[i]);
      hessians[i] = Math.max(1e-6, weights[i] * p * (1 - p));
    }
    const used = [];
    for (let f = 0; f < width; f++) if (cuts[f].length && random() < options.featureShare) used.push(f);
    const sample = [];
    for (let i = 0; i < count; i++) if (weights[i] > 0 && random() < options.rowShare) sample.push(i);
    const tree = growTree(Int32Array.from(sample), { bins, cuts, used, gradients, hessians, options });
    appendTree(model, tree, cuts);
    for (let i = 0; i < count; i++) scores[i] += leafValue(tree, bins, i);
  }
  return model;
}

function growTree(rows, context) {
  const { options } = context;
  const root = leafOf(rows, context);
  const open = [root];
  let leaves = 1;
  while (leaves < options.leaves) {
    let best;
    for (const leaf of open) if (leaf.split && (!best || leaf.split.gain > best.split.gain)) best = leaf;
    if (!best) break;
    open.splice(open.indexOf(best), 1);
    const { feature, bin } = best.split;
    const column = context.bins[feature];
    const left = best.rows.filter((i) => column[i] <= bin);
    const right = best.rows.filter((i) => column[i] > bin);
    const small = left.length < right.length ? left : right;
    const smallHistogram = histogramOf(small, context);
    const largeHistogram = subtract(best.histogram, smallHistogram);
    best.left = leafOf(left, context, left === small ? smallHistogram : largeHistogram);
    best.right = leafOf(right, context, right === small ? smallHistogram : largeHistogram);
    best.rows = undefined;
    best.histogram = undefined;
    open.push(best.left, best.right);
    leaves++;
  }
  return root;
}

function leafOf(rows, context, histogram = histogramOf(rows, context)) {
  const { options } = context;
  let gradient = 0;
  let hessian = 0;
  for (const i of rows) {
    gradient += context.gradients[i];
    hessian += context.hessians[i];
  }
  return {
    rows,
    histogram,
    value: (-gradient / (hessian + options.l2)) * options.rate,
    split: bestSplit(histogram, gradient, hessian, context),
  };
}

function histogramOf(rows, { bins, used, gradients, hessians }) {
  const histogram = new Float64Array(used.length * BINS * 2);
  for (let u = 0; u < used.length; u++) {
    const column = bins[used[u]];
    const base = u * BINS * 2;
    for (let r = 0; r < rows.length; r++) {
      const i = rows[r];
      const at = base + column[i] * 2;
      histogram[at] += gradients[i];
      histogram[at + 1] += hessians[i];
    }
  }
  return histogram;
}

function subtract(whole, part) {
  const rest = new Float64Array(whole.length);
  for (let i = 0; i < whole.length; i++) rest[i] = whole[i] - part[i];
  return rest;
}

function bestSplit(histogram, gradient, hessian, { used, cuts, options }) {
  const score = (g, h) => (g * g) / (h + options.l2);
  const whole = score(gradient, hessian);
  let best;
  for (let u = 0; u < used.length; u++) {
    let g = 0;
    let h = 0;
    for (let bin = 0; bin < cuts[used[u]].length; bin++) {
      g += histogram[(u * BINS + bin) * 2];
      h += histogram[(u * BINS + bin) * 2 + 1];
      if (h < options.minWeight || hessian - h < options.minWeight) continue;
      const gain = score(g, h) + score(gradient - g, hessian - h) - whole;
      if (gain > 1e-3 && (!best || gain > best.gain)) best = { gain, feature: used[u], bin };
    }
  }
  return best;
}

function leafValue(tree, bins, i) {
  let node = tree;
  while (node.left) node = bins[node.split.feature][i] <= node.split.bin ? node.left : node.right;
  return node.value;
}

function appendTree(model, tree, cuts) {
  const append = (node) => {
    const at = model.feature.length;
    if (node.left) {
      model.feature.push(node.split.feature);
      model.value.push(cuts[node.split.feature][node.split.bin]);
      model.left.push(0);
      model.right.push(0);
      model.left[at] = append(node.left);
      model.right[at] = append(node.right);
    } else {
      model.feature.push(-1);
      model.value.push(Number(node.value.toPrecision(5)));
      model.left.push(0);
      model.right.push(0);
    }
    return at;
  };
  model.roots.push(append(tree));
}
