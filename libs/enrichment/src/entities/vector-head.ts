import { meanOf } from '../encoder/token-vectors.js';
import type { Run } from './features.js';
import { TAGS } from './sequence-model.js';

/*
 * A second opinion on the tags of a token, from what others make of it, its neighbours, the run of capitals it stands
 * in, and the same word elsewhere in the document. Small networks are trained on several views of the words: an
 * encoder's vectors, and what a recognizer says; encoder and recognizer stay as they are.
 */

/** A matrix of signed bytes, row by row, with what a column is to be multiplied by. */
export interface PackedMatrix {
  rows: number;
  columns: number;
  scales: number[];
  /** Base64. */
  values: string;
}

export interface HeadFile {
  /** SHA-256 of the encoder's model and of the recognizer's that the head was trained on. */
  encoder: string;
  recognizer: string;
  /** For each view, what is taken from each of its vectors, and the projection of the rest. */
  views: { mean: number[]; projection: PackedMatrix }[];
  /**
   * Networks of one hidden layer (rectified), whose opinions are averaged. One that takes less than all the views
   * give reads the first of them.
   */
  networks: { hidden: PackedMatrix; hiddenBias: number[]; tags: PackedMatrix; tagBias: number[] }[];
  /** What the opinion counts beside the sequence model's own score, in natural logarithms. */
  weight: number;
}

/** Of each word of a document, from the first as far as it was read, a vector. */
export type View = readonly Float32Array[];

interface Matrix {
  rows: number;
  columns: number;
  values: Float32Array;
}

export class VectorHead {
  private readonly views: { mean: Float32Array; projection: Matrix }[];
  private readonly networks: { hidden: Matrix; hiddenBias: number[]; tags: Matrix; tagBias: number[] }[];
  private readonly weight: number;

  constructor({ views, networks, weight }: HeadFile) {
    this.views = views.map(({ mean, projection }) => ({
      mean: Float32Array.from(mean),
      projection: unpack(projection),
    }));
    this.networks = networks.map((network) => ({
      ...network,
      hidden: unpack(network.hidden),
      tags: unpack(network.tags),
    }));
    this.weight = weight;
  }

  /** Numbers in a vector of each view. */
  get dimensions(): number[] {
    return this.views.map(({ mean }) => mean.length);
  }

  /**
   * For each run, a weighted logarithm of the chance of each tag at each of its tokens, token by token; zeros
   * past the last token that has vectors.
   */
  opinions(runs: readonly Run[], words: readonly string[], views: readonly View[]): Float64Array[] {
    const inputs = this.inputs(runs, words, views);
    const read = views[0]!.length;
    let at = 0;
    return runs.map(({ first, last }) => {
      const opinion = new Float64Array((last - first) * TAGS.length);
      for (let token = first; token < Math.min(last, read); token++) {
        opinion.set(this.opinion(inputs[at++]!), (token - first) * TAGS.length);
      }
      return opinion;
    });
  }

  /**
   * What the networks are shown of each token of the runs that has vectors: of one view after the other, it, the
   * tokens beside it, the run's mean and last token, and the mean over the same word in all runs.
   */
  inputs(runs: readonly Run[], words: readonly string[], views: readonly View[]): Float32Array[] {
    const read = runs
      .map(({ first, last }) => range(first, Math.min(last, views[0]!.length)))
      .filter((tokens) => tokens.length > 0);
    const shown = views.map((view, order) => this.shownOf(order, read, words, view));
    return read.flat().map((_, at) => joined(shown.map((inputs) => inputs[at]!)));
  }

  private shownOf(order: number, read: readonly number[][], words: readonly string[], view: View): Float32Array[] {
    const { mean, projection } = this.views[order]!;
    const projected = new Map<number, Float32Array>();
    const at = (token: number): Float32Array => {
      const place = Math.max(0, Math.min(view.length - 1, token));
      const known = projected.get(place) ?? project(view[place]!, mean, projection);
      projected.set(place, known);
      return known;
    };
    const { columns } = projection;
    const alike = new Map<string, Float32Array[]>();
    for (const token of read.flat()) alike.set(words[token]!, [...(alike.get(words[token]!) ?? []), at(token)]);
    const means = new Map([...alike].map(([word, all]) => [word, meanOf(all, columns)]));
    return read.flatMap((tokens) => {
      const ofRun = [meanOf(tokens.map(at), columns), at(tokens.at(-1)!)];
      return tokens.map((token) =>
        joined([at(token), at(token - 1), at(token + 1), ...ofRun, means.get(words[token]!)!]),
      );
    });
  }

  private opinion(input: Float32Array): Float64Array {
    const opinion = new Float64Array(TAGS.length);
    for (const { hidden, hiddenBias, tags, tagBias } of this.networks) {
      const inner = times(input, hidden).map((value, at) => Math.max(0, value + hiddenBias[at]!));
      const scores = times(inner, tags).map((value, at) => value + tagBias[at]!);
      const most = Math.max(...scores);
      const total = most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
      scores.forEach((score, tag) => (opinion[tag]! += (this.weight * (score - total)) / this.networks.length));
    }
    return opinion;
  }
}

function project(vector: Float32Array, mean: Float32Array, projection: Matrix): Float32Array {
  return times(
    vector.map((part, at) => part - mean[at]!),
    projection,
  );
}

/** The product with a matrix; what the vector has more of than the matrix has rows is not read. */
function times(vector: Float32Array, { rows, columns, values }: Matrix): Float32Array {
  const product = new Float32Array(columns);
  for (let row = 0; row < rows; row++) {
    const factor = vector[row]!;
    if (factor === 0) continue;
    const offset = row * columns;
    for (let column = 0; column < columns; column++) product[column]! += factor * values[offset + column]!;
  }
  return product;
}

function unpack({ rows, columns, scales, values }: PackedMatrix): Matrix {
  const bytes = new Int8Array(Buffer.from(values, 'base64'));
  return { rows, columns, values: Float32Array.from(bytes, (byte, at) => byte * scales[at % columns]!) };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset);
}
