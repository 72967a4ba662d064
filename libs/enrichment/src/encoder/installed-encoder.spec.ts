import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedEncoder } from './installed-encoder.js';

describe('the installed encoder', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'encoder-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is asked for by the command that brings it, when its model is missing', () => {
    expect(() => installedEncoder(768, folder)).toThrow(
      `the encoder (${join(folder, 'model.onnx')}) is not installed; run: npm run entities:install`,
    );
  });

  it('is asked for when its runtime is missing', () => {
    writeFileSync(join(folder, 'model.onnx'), '');
    expect(() => installedEncoder(768, folder)).toThrow(`onnxruntime-node (below ${folder}) is not installed`);
  });

  it('is there when both are', () => {
    writeFileSync(join(folder, 'model.onnx'), '');
    const runtime = join(folder, 'node_modules/onnxruntime-node');
    mkdirSync(runtime, { recursive: true });
    writeFileSync(join(runtime, 'index.js'), '');
    expect(installedEncoder(768, folder).dimensions).toBe(768);
  });
});
