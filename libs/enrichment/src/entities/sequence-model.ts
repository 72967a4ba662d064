import { DIMENSIONS } from '../words/word-vectors.js';
import { FeatureWeights } from './feature-weights.js';
import { type FeatureGroup, VECTOR_UNIT, WordForms } from './features.js';

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

/** Whether tag `to` may follow tag `from`; the tags of one name stay together. */
export function mayFollow(from: string, to: string): boolean {
  const isOpen = from.startsWith('B-') || from.startsWith('I-');
  const continues = to.startsWith('I-') || to.startsWith('L-');
  if (isOpen !== continues) return false;
  return !isOpen || from.slice(2) === to.slice(2);
}

const WIDTH = TAGS.length;
const OPENS = TAGS.map((tag) => mayFollow('O', tag));
const CLOSES = TAGS.map((tag) => mayFollow(tag, 'O'));
/** For each tag, those that it may follow. */
const EARLIER = TAGS.map((to) => [...TAGS.keys()].filter((from) => mayFollow(TAGS[from]!, to)));

export class SequenceModel {
  /** Words with the scores that their features give each tag. */
  readonly forms = new WordForms((features) => this.scoresOf(features));
  private readonly transitions: Float64Array;
  private readonly features: FeatureWeights;
  /** By the place of the word, tag and dimension. */
  private readonly dense: Int32Array;
  private readonly scale: number;

  constructor(weights: SequenceWeights) {
    this.scale = weights.scale;
    this.dense = Int32Array.from(weights.dense, (_, at) => {
      const [place, rest] = [Math.floor(at / (WIDTH * DIMENSIONS)), at % (WIDTH * DIMENSIONS)];
      return weights.dense[(place * DIMENSIONS + (rest % DIMENSIONS)) * WIDTH + Math.floor(rest / DIMENSIONS)]!;
    });
    this.transitions = Float64Array.from(weights.transitions);
    this.features = new FeatureWeights(weights.features);
  }

  /**
   * The likeliest tags of a sentence, by Viterbi.
   *
   * @param sentence for each token, scores of each tag that are to be added up
   * @param added to the score of each tag at each token, token by token, in natural logarithms
   */
  tag(sentence: readonly Int32Array[][], added?: Float64Array): string[] {
    if (!sentence.length) return [];
    const from: Int8Array[] = [];
    const scoresAt = (at: number) => {
      const own = sumOf(sentence[at]!);
      return added ? own.map((score, tag) => score + added[at * WIDTH + tag]! * this.scale) : own;
    };
    let scores: Float64Array = scoresAt(0);
    for (let tag = 0; tag < WIDTH; tag++) if (!OPENS[tag]) scores[tag] = -Infinity;
    for (let at = 1; at < sentence.length; at++) {
      const next = scoresAt(at);
      const back = new Int8Array(WIDTH);
      for (let to = 0; to < WIDTH; to++) {
        let best = -Infinity;
        for (const tag of EARLIER[to]!) {
          const score = scores[tag]! + this.transitions[tag * WIDTH + to]!;
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
    for (let other = 1; other < WIDTH; other++) if (scores[other]! > scores[tag]! && CLOSES[other]) tag = other;
    const tags = [TAGS[tag]!];
    for (let at = from.length - 1; at >= 0; at--) {
      tag = from[at]![tag]!;
      tags.push(TAGS[tag]!);
    }
    return tags.reverse();
  }

  /** In parts of a weight as small as those of a vector, so that the scores are integers. */
  private scoresOf({ names, vector, place = 0 }: FeatureGroup): Int32Array {
    const scores = new Int32Array(WIDTH);
    if (vector) {
      for (let tag = 0; tag < WIDTH; tag++) scores[tag] = this.product(vector, (place * WIDTH + tag) * DIMENSIONS);
    }
    for (const name of names) this.features.addTo(scores, name, VECTOR_UNIT);
    return scores;
  }

  private product(vector: Int8Array, row: number): number {
    let sum = 0;
    for (let at = 0; at < DIMENSIONS; at++) sum += Math.imul(vector[at]!, this.dense[row + at]!);
    return sum;
  }
}

function sumOf(parts: readonly Int32Array[]): Float64Array {
  const sum = new Float64Array(WIDTH);
  for (const part of parts) for (let tag = 0; tag < WIDTH; tag++) sum[tag]! += part[tag]!;
  for (let tag = 0; tag < WIDTH; tag++) sum[tag]! /= VECTOR_UNIT;
  return sum;
}
