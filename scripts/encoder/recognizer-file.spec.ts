import { readRecognizerFile } from '../../libs/enrichment/src/encoder/recognizer-file.js';
import { recognizerFile } from './recognizer-file.mjs';

type Value = bigint | number | string | Buffer | null | Value[] | Map<Value, Value>;

/** A MessagePack message of the kinds that a model's files use. */
function pack(value: Value): Buffer {
  const sized = (first: number, length: number, ...parts: Buffer[]) => {
    const head = Buffer.alloc(5, first);
    head.writeUInt32BE(length, 1);
    return Buffer.concat([head, ...parts]);
  };
  if (value === null) return Buffer.of(0xc0);
  if (typeof value === 'number') return Buffer.of(value);
  if (typeof value === 'bigint') {
    const bytes = Buffer.alloc(9, 0xcf);
    bytes.writeBigUInt64BE(value, 1);
    return bytes;
  }
  if (typeof value === 'string') return sized(0xdb, Buffer.byteLength(value), Buffer.from(value));
  if (Buffer.isBuffer(value)) return sized(0xc6, value.length, value);
  if (Array.isArray(value)) return sized(0xdd, value.length, ...value.map(pack));
  return sized(0xdf, value.size, ...[...value].flat().map(pack));
}

const map = (entries: Record<string, Value>) => new Map<Value, Value>(Object.entries(entries));
const bytesOf = (...numbers: number[]) => Buffer.from(Float32Array.from(numbers).buffer);
/** An array as numpy's own packer writes it, with keys of bytes. */
const array = (...numbers: number[]) => new Map<Value, Value>([[Buffer.from('data'), bytesOf(...numbers)]]);

const NODES: [name: string, params: Record<string, number[]> | undefined][] = [
  ['parser_model', undefined],
  ['precomputable_affine', { W: [1, 2, 3], b: [4], pad: [5, 6, 7] }],
  ['linear', { W: [8], b: [9] }],
  ['linear', { W: [10], b: [11] }],
  ['static_vectors', { W: [...Array<number>(300).fill(1), 2, ...Array<number>(299).fill(0)] }],
  ['hashembed', { E: [12] }],
  ['maxout', { W: [13], b: [14] }],
  ['layernorm', { G: [15], b: [16] }],
  ['hashembed', { E: [17] }],
  ['maxout', { W: [18], b: [19] }],
  ['layernorm', { G: [20], b: [21] }],
];

const NUMPY_HEAD = Buffer.concat([Buffer.from('\x93NUMPY', 'latin1'), Buffer.of(1, 0, 6, 0), Buffer.from('{...}\n')]);

const FILES = {
  'ner/model': pack(
    map({
      nodes: NODES.map(([name]) => map({ name })),
      params: NODES.map(([, params]) =>
        params ? map(Object.fromEntries(Object.entries(params).map(([key, list]) => [key, array(...list)]))) : null,
      ),
    }),
  ),
  'ner/moves': pack(
    map({ moves: '{"0":{},"1":{"ORG":2,"GPE":1},"2":{"ORG":2},"3":{"ORG":2},"4":{"ORG":2,"":1},"5":{"":1}}' }),
  ),
  'vocab/vectors': Buffer.concat([NUMPY_HEAD, bytesOf(...Array<number>(300).fill(0.5))]),
  'vocab/key2row': pack(
    new Map<Value, Value>([
      [2n ** 63n, 0],
      [7, 1],
    ]),
  ),
  'vocab/lookups.bin': pack(map({ lexeme_norm: new Map<Value, Value>([[2n ** 62n, 'colour']]) })),
};

const list = (...numbers: number[]) => Float32Array.from(numbers);

describe('the file of a recognizer', () => {
  it('says what the files of its model say', () => {
    expect(readRecognizerFile(recognizerFile(FILES))).toEqual({
      norms: new Map([[2n ** 62n, 'colour']]),
      tables: [list(12), list(17)],
      keys: BigUint64Array.of(7n, 2n ** 63n),
      rows: Uint16Array.of(1, 0),
      vectors: list(150, 1),
      layers: [
        { weights: list(13), bias: list(14), scale: list(15), shift: list(16) },
        { weights: list(18), bias: list(19), scale: list(20), shift: list(21) },
      ],
      hidden: { weights: list(10), bias: list(11) },
      state: { weights: [list(1), list(2), list(3)], bias: list(4), missing: [list(5), list(6), list(7)] },
      moves: { names: ['B-ORG', 'B-GPE', 'I-ORG', 'L-ORG', 'U-ORG', 'U-', 'O'], weights: list(8), bias: list(9) },
    });
  });

  it('is refused when it breaks off', () => {
    const file = recognizerFile(FILES);
    expect(() => readRecognizerFile(file.subarray(0, file.length - 9))).toThrow('breaks off in keys');
    expect(() => readRecognizerFile(file.subarray(0, 100))).toThrow('its head can not be read');
  });
});
