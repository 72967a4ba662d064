import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedEncoder, installedRecognizer } from './installed-encoder.js';

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

describe('the installed recognizer', () => {
  it('is asked for by the command that brings it, when it is missing', () => {
    expect(() => installedRecognizer('/nowhere')).toThrow(
      'the recognizer (/nowhere/recognizer.bin) is not installed; run: npm run entities:install',
    );
  });

  it('is read with the first text', () => {
    const folder = mkdtempSync(join(tmpdir(), 'recognizer-'));
    writeFileSync(join(folder, 'recognizer.bin'), 'cut off');
    const recognizer = installedRecognizer(folder);
    expect(() => recognizer.read(['Aldra'])).toThrow('this is no recognizer: its head can not be read');
    rmSync(folder, { recursive: true });
  });
});
