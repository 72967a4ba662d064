import { meanOf } from '../encoder/token-vectors.js';
import type { Run } from './features.js';
import { TAGS } from './sequence-model.js';

/*
 * A second opinion on the tags of a token, from what an encoder makes of it, its neighbours, the run of
 * capitals it stands in, and the same word elsewhere in the document. A small network is trained on the
 * encoder's vectors; the encoder itself stays as it is.
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
  /** SHA-256 of the encoder's model that the head was trained on. */
  encoder: string;
  /** Taken from each vector before anything else. */
  mean: number[];
  /** To fewer numbers, in which most of the differences lie. */
  projection: PackedMatrix;
  /** Networks of one hidden layer (rectified), whose opinions are averaged. */
  networks: { hidden: PackedMatrix; hiddenBias: number[]; tags: PackedMatrix; tagBias: number[] }[];
  /** What the opinion counts beside the sequence model's own score, in natural logarithms. */
  weight: number;
}

interface Matrix {
  rows: number;
  columns: number;
  values: Float32Array;
}

export class VectorHead {
  private readonly mean: Float32Array;
  private readonly projection: Matrix;
  private readonly networks: { hidden: Matrix; hiddenBias: number[]; tags: Matrix; tagBias: number[] }[];
  private readonly weight: number;

  constructor({ mean, projection, networks, weight }: HeadFile) {
    this.mean = Float32Array.from(mean);
    this.projection = unpack(projection);
    this.networks = networks.map((network) => ({
      ...network,
      hidden: unpack(network.hidden),
      tags: unpack(network.tags),
    }));
    this.weight = weight;
  }

  /** Numbers in a vector that the head reads. */
  get dimensions(): number {
    return this.mean.length;
  }

  /**
   * For each run, a weighted logarithm of the chance of each tag at each of its tokens, token by token; zeros
   * past the last token that has a vector.
   */
  opinions(runs: readonly Run[], words: readonly string[], vectors: readonly Float32Array[]): Float64Array[] {
    const inputs = this.inputs(runs, words, vectors);
    let at = 0;
    return runs.map(({ first, last }) => {
      const opinion = new Float64Array((last - first) * TAGS.length);
      for (let token = first; token < Math.min(last, vectors.length); token++) {
        opinion.set(this.opinion(inputs[at++]!), (token - first) * TAGS.length);
      }
      return opinion;
    });
  }

  /**
   * What the networks are shown of each token of the runs that has a vector: it, the tokens beside it, the run's
   * mean and last token, and the mean over the same word in all runs.
   */
  inputs(runs: readonly Run[], words: readonly string[], vectors: readonly Float32Array[]): Float32Array[] {
    const projected = new Map<number, Float32Array>();
    const at = (token: number): Float32Array => {
      const place = Math.max(0, Math.min(vectors.length - 1, token));
      const known = projected.get(place) ?? this.project(vectors[place]!);
      projected.set(place, known);
      return known;
    };
    const read = runs
      .map(({ first, last }) => range(first, Math.min(last, vectors.length)))
      .filter((tokens) => tokens.length > 0);
    const { columns } = this.projection;
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

  private project(vector: Float32Array): Float32Array {
    return times(
      vector.map((part, at) => part - this.mean[at]!),
      this.projection,
    );
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
