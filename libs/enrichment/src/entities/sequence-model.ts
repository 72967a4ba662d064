/** Tags: outside, and for each type begin, inside, last, unit (BILOU). */
export const TAGS = [
  'O',
  ...['person', 'organisation', 'place'].flatMap((type) => ['B', 'I', 'L', 'U'].map((part) => `${part}-${type}`)),
];

/** Weights of a linear-chain conditional random field, rounded to integers of 1/`scale`. */
export interface SequenceWeights {
  featuresVersion: number;
  scale: number;
  /** Of each tag after each tag, row by row. */
  transitions: number[];
  /** For each feature, pairs of tag and weight. */
  features: Record<string, number[]>;
  /** For each number of the dense part, a weight for each tag. */
  dense: number[];
}

/** What is known of one token: names of features that hold, and numbers. */
export interface TokenFeatures {
  names: readonly string[];
  dense: Float32Array;
}

/** Whether tag `to` may follow tag `from`; the tags of one name stay together. */
export function mayFollow(from: string, to: string): boolean {
  const isOpen = from.startsWith('B-') || from.startsWith('I-');
  const continues = to.startsWith('I-') || to.startsWith('L-');
  if (isOpen !== continues) return false;
  return !isOpen || from.slice(2) === to.slice(2);
}

export class SequenceModel {
  private readonly transitions: Float64Array;
  private readonly features: Map<string, number[]>;
  private readonly dense: Float64Array;
  private readonly scale: number;

  constructor(weights: SequenceWeights) {
    this.scale = weights.scale;
    this.dense = Float64Array.from(weights.dense);
    this.transitions = Float64Array.from(weights.transitions, (weight, at) => {
      const from = TAGS[Math.floor(at / TAGS.length)]!;
      return mayFollow(from, TAGS[at % TAGS.length]!) ? weight : -Infinity;
    });
    this.features = new Map(Object.entries(weights.features));
  }

  /**
   * The likeliest tags of a sentence, by Viterbi.
   *
   * @param added to the score of each tag at each token, token by token, in natural logarithms
   */
  tag(sentence: readonly TokenFeatures[], added?: Float64Array): string[] {
    const width = TAGS.length;
    if (!sentence.length) return [];
    const from: Int8Array[] = [];
    const scoresAt = (at: number) => {
      const own = this.emissions(sentence[at]!);
      return added ? own.map((score, tag) => score + added[at * width + tag]! * this.scale) : own;
    };
    let scores: Float64Array = scoresAt(0).map((score, tag) => (mayFollow('O', TAGS[tag]!) ? score : -Infinity));
    for (let at = 1; at < sentence.length; at++) {
      const next = scoresAt(at);
      const back = new Int8Array(width);
      for (let to = 0; to < width; to++) {
        let best = -Infinity;
        for (let tag = 0; tag < width; tag++) {
          const score = scores[tag]! + this.transitions[tag * width + to]!;
          if (score > best) {
            best = score;
            back[to] = tag;
          }
        }
        next[to]! += best;
      }
      from.push(back);
      scores = next;
    }
    return this.trace(scores, from);
  }

  private trace(scores: Float64Array, from: Int8Array[]): string[] {
    let tag = 0;
    scores.forEach((score, at) => {
      if (score > scores[tag]! && mayFollow(TAGS[at]!, 'O')) tag = at;
    });
    const tags = [TAGS[tag]!];
    for (const back of from.toReversed()) {
      tag = back[tag]!;
      tags.push(TAGS[tag]!);
    }
    return tags.reverse();
  }

  private emissions({ names, dense }: TokenFeatures): Float64Array {
    const scores = new Float64Array(TAGS.length);
    for (let at = 0; at < dense.length; at++) {
      const value = dense[at]!;
      if (value === 0) continue;
      const row = at * scores.length;
      for (let tag = 0; tag < scores.length; tag++) scores[tag]! += value * this.dense[row + tag]!;
    }
    for (const feature of names) {
      const weights = this.features.get(feature);
      if (!weights) continue;
      for (let at = 0; at < weights.length; at += 2) scores[weights[at]!]! += weights[at + 1]!;
    }
    return scores;
  }
}
