import { TAGS } from './sequence-model.js';
import { type HeadFile, type PackedMatrix, VectorHead } from './vector-head.js';

const packed = (rows: number, columns: number, values: number[]): PackedMatrix => ({
  rows,
  columns,
  scales: Array<number>(columns).fill(1),
  values: Buffer.from(Int8Array.from(values)).toString('base64'),
});
const row = (tag: string, value: number): number[] => TAGS.map((one) => (one === tag ? value : 0));

/** Vectors of one number; a network that takes large own vectors for places and large means of a word for people. */
const FILE: HeadFile = {
  encoder: 'none',
  recognizer: 'none',
  views: [{ mean: [1], projection: packed(1, 1, [1]) }],
  networks: [
    {
      hidden: packed(6, 2, [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
      hiddenBias: [-4, -4],
      tags: packed(2, TAGS.length, [...row('U-place', 9), ...row('U-person', 9)]),
      tagBias: row('O', 5),
    },
  ],
  weight: 1,
};

const vectors = (...values: number[]) => values.map((value) => Float32Array.of(value));

describe('VectorHead', () => {
  const head = new VectorHead(FILE);

  it('shows a token, its neighbours, its run and its like elsewhere', () => {
    const words = ['in', 'Lower', 'Aldra', 'by', 'Aldra'];
    const runs = [
      { first: 1, last: 3 },
      { first: 4, last: 5 },
    ];
    expect(head.inputs(runs, words, [vectors(1, 2, 4, 1, 6)]).map((input) => [...input])).toEqual([
      [1, 0, 3, 2, 3, 1],
      [3, 1, 0, 2, 3, 4],
      [5, 0, 5, 5, 5, 4],
    ]);
  });

  it('shows one view after the other, and a network reads as many as it was trained on', () => {
    const two = new VectorHead({ ...FILE, views: [...FILE.views, { mean: [0], projection: packed(1, 1, [2]) }] });
    const ask = (one: VectorHead, ...values: number[]) =>
      one.opinions(
        [{ first: 0, last: 1 }],
        ['Aldra'],
        values.map((value) => vectors(value)),
      )[0];
    expect([...two.inputs([{ first: 0, last: 1 }], ['Aldra'], [vectors(4), vectors(7)])[0]!]).toEqual([
      ...[3, 3, 3, 3, 3, 3],
      ...[14, 14, 14, 14, 14, 14],
    ]);
    expect(two.dimensions).toEqual([1, 1]);
    expect(ask(two, 9, 5)).toEqual(ask(head, 9));
  });

  it('gives logarithms of chances, which sum to one', () => {
    const [opinion] = head.opinions([{ first: 0, last: 1 }], ['Aldra'], [vectors(9)]);
    const chances = [...opinion!].map(Math.exp);
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 5);
    expect(chances[TAGS.indexOf('U-place')]).toBeGreaterThan(0.4);
  });

  it('counts as much as its weight says', () => {
    const half = new VectorHead({ ...FILE, weight: 0.5 });
    const ask = (one: VectorHead) => one.opinions([{ first: 0, last: 1 }], ['Aldra'], [vectors(3)])[0]!;
    ask(half).forEach((value, at) => expect(value).toBeCloseTo(ask(head)[at]! / 2, 6));
  });

  it('has none on what the encoder did not read', () => {
    const runs = [
      { first: 0, last: 2 },
      { first: 2, last: 3 },
    ];
    const [cut, past] = head.opinions(runs, ['Aldra', 'Bridge', 'Holt'], [vectors(9)]);
    expect(cut!.slice(0, TAGS.length).some((value) => value < 0)).toBe(true);
    expect(cut!.slice(TAGS.length).every((value) => value === 0)).toBe(true);
    expect(past!.every((value) => value === 0)).toBe(true);
  });
});
