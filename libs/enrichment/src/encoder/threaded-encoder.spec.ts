import { transformFileSync } from '@swc/core';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ThreadedEncoder } from './threaded-encoder.js';

// A runtime of the real one's shape. Its two layers say of each piece its number, and its number times ten.
const RUNTIME = `
exports.Tensor = class { constructor(type, data, dims) { Object.assign(this, { type, data, dims }); } };
exports.InferenceSession = {
  async create(path) {
    if (!path.endsWith('model.onnx')) throw new Error('no model');
    return {
      outputNames: ['lower', 'upper'],
      async run({ input_ids, attention_mask, token_type_ids }) {
        const numbers = [...input_ids.data].map(Number);
        if (numbers.includes(13)) throw new Error('thirteen');
        if ([...attention_mask.data].some((one) => one !== 1n) || token_type_ids.dims[1] !== numbers.length) throw new Error('inputs');
        return { lower: { data: Float32Array.from(numbers) }, upper: { data: Float32Array.from(numbers, (n) => n * 10) } };
      },
    };
  },
};
`;

describe('ThreadedEncoder', () => {
  let folder: string;
  let entry: URL;
  let encoder: ThreadedEncoder;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'encoder-'));
    const runtime = join(folder, 'installed/node_modules/onnxruntime-node');
    mkdirSync(runtime, { recursive: true });
    writeFileSync(join(runtime, 'index.js'), RUNTIME);
    const { code } = transformFileSync(fileURLToPath(new URL('./encoder-thread.ts', import.meta.url)), {
      jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
      module: { type: 'es6' },
    });
    writeFileSync(join(folder, 'entry.mjs'), code);
    entry = pathToFileURL(join(folder, 'entry.mjs'));
  });
  afterEach(() => encoder.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  const open = (dimensions: number, where = 'installed') =>
    (encoder = new ThreadedEncoder(join(folder, where), dimensions, entry));

  it('gives the layers of each piece side by side, as often as it is asked', () => {
    open(2);
    expect([...encoder.encode([1, 7, 2])]).toEqual([1, 10, 7, 70, 2, 20]);
    expect([...encoder.encode([4])]).toEqual([4, 40]);
  });

  it('says why a sequence failed, and goes on', () => {
    open(2);
    expect(() => encoder.encode([13])).toThrow('the encoder failed: thirteen');
    expect([...encoder.encode([3])]).toEqual([3, 30]);
  });

  it('says that the runtime is not there', () => {
    open(2, 'elsewhere');
    expect(() => encoder.encode([1])).toThrow(/^the encoder failed: Cannot find module 'onnxruntime-node'/);
  });

  it('refuses a model of another width', () => {
    open(3);
    expect(() => encoder.encode([1, 2])).toThrow('the encoder gave 2 numbers a piece, not 3');
  });
});
