/** Gradient-boosted decision trees as the training script writes them, one array entry per node. */
export interface BoostedTreesData {
  features: string[];
  /** Log odds before the first tree. */
  base: number;
  /** Index of the feature a node asks about; -1 for a leaf. */
  feature: number[];
  /** A row goes left where its value is at most this; for leaves what they add to the log odds. */
  value: number[];
  /** Index of the left child; the right one follows the left child's subtree at `right`. */
  left: number[];
  right: number[];
  /** Index of the root of each tree. */
  roots: number[];
}

/** Features of the same rows from several sources: a row of the model is one row of every part after another. */
export type FeatureParts = { rows: Float32Array; width: number }[];

/** Answers the probability of the positive class for rows of features. */
export class BoostedTrees {
  private readonly feature: Int16Array;
  private readonly value: Float32Array;
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly roots: Int32Array;
  private readonly base: number;
  private means: Float32Array | undefined;

  /** @throws Error when the model was trained on other features than the code computes. */
  constructor(
    data: BoostedTreesData,
    readonly features: readonly string[],
  ) {
    if (data.features.join() !== features.join()) throw new Error('the model and the code disagree on the features');
    this.feature = Int16Array.from(data.feature);
    this.value = Float32Array.from(data.value);
    this.left = Int32Array.from(data.left);
    this.right = Int32Array.from(data.right);
    this.roots = Int32Array.from(data.roots);
    this.base = data.base;
  }

  /** Probabilities of `count` rows. */
  probabilities(count: number, parts: FeatureParts): Float32Array {
    const row = new Float32Array(this.features.length);
    const probabilities = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      fillRow(row, parts, i);
      probabilities[i] = 1 / (1 + Math.exp(-this.logOdds(row)));
    }
    return probabilities;
  }

  /**
   * What each feature of row `i` did to its log odds: on the way to a leaf, a question accounts for how far its answer
   * moves the mean of the leaves that can still be reached (Saabas 2014, "Interpreting random forests").
   */
  effects(parts: FeatureParts, i: number): Float32Array {
    const { feature, value, left, right } = this;
    const means = (this.means ??= this.meansOfLeaves());
    const row = new Float32Array(this.features.length);
    fillRow(row, parts, i);
    const effects = new Float32Array(row.length);
    for (const root of this.roots) {
      let node = root;
      for (let asked = feature[node] as number; asked >= 0; asked = feature[node] as number) {
        const next = ((row[asked] as number) <= (value[node] as number) ? left[node] : right[node]) as number;
        effects[asked] = (effects[asked] as number) + (means[next] as number) - (means[node] as number);
        node = next;
      }
    }
    return effects;
  }

  private meansOfLeaves(): Float32Array {
    const { feature, value, left, right } = this;
    const means = new Float32Array(feature.length);
    // Children come after their parent, so that from the back both are known.
    for (let node = feature.length - 1; node >= 0; node--) {
      const isLeaf = (feature[node] as number) < 0;
      const children = [left[node], right[node]] as [number, number];
      means[node] = isLeaf ? (value[node] as number) : children.reduce((sum, at) => sum + (means[at] as number), 0) / 2;
    }
    return means;
  }

  private logOdds(row: Float32Array): number {
    const { feature, value, left, right } = this;
    let sum = this.base;
    for (const root of this.roots) {
      let node = root;
      let asked = feature[node] as number;
      while (asked >= 0) {
        node = ((row[asked] as number) <= (value[node] as number) ? left[node] : right[node]) as number;
        asked = feature[node] as number;
      }
      sum += value[node] as number;
    }
    return sum;
  }
}

function fillRow(row: Float32Array, parts: FeatureParts, i: number): void {
  let at = 0;
  for (const { rows, width } of parts) {
    const from = i * width;
    for (let f = 0; f < width; f++) row[at++] = rows[from + f] as number;
  }
}
