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

/** Answers the probability of the positive class for rows of features. */
export class BoostedTrees {
  private readonly feature: Int16Array;
  private readonly value: Float32Array;
  private readonly left: Int32Array;
  private readonly right: Int32Array;
  private readonly roots: Int32Array;
  private readonly base: number;

  /** @throws Error when the model was trained on other features than the code computes. */
  constructor(data: BoostedTreesData, features: readonly string[]) {
    if (data.features.join() !== features.join()) throw new Error('the model and the code disagree on the features');
    this.feature = Int16Array.from(data.feature);
    this.value = Float32Array.from(data.value);
    this.left = Int32Array.from(data.left);
    this.right = Int32Array.from(data.right);
    this.roots = Int32Array.from(data.roots);
    this.base = data.base;
  }

  /** Probabilities of `count` rows, each the concatenation of one row of every part. */
  probabilities(count: number, parts: { rows: Float32Array; width: number }[]): Float32Array {
    const width = parts.reduce((sum, part) => sum + part.width, 0);
    const row = new Float32Array(width);
    const probabilities = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      let at = 0;
      for (const part of parts) {
        const from = i * part.width;
        for (let f = 0; f < part.width; f++) row[at++] = part.rows[from + f] as number;
      }
      probabilities[i] = 1 / (1 + Math.exp(-this.logOdds(row)));
    }
    return probabilities;
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
