#!/usr/bin/env node
// Runs an evaluation: the labelled inputs through `wireroom preview --ndjson`, the answers through their scorer.
//   node scripts/eval/run.mjs extract|enrich|feeds|sitemaps|warc|robots|agency|bugs [--only SET] [--json] [scorer flags]
// With --accurate-entities, after `npm run entities:install`, the encoder looks at names too.
// WIREROOM_EVAL names the folder with the data, ../shared/eval by default. Nothing of it is part of this project.
import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { baselineTables } from './baseline-table.mjs';
import { EVALUATIONS, OUT } from './evaluations.mjs';

const USAGE = 2;
const PREVIEW_FLAGS = ['--accurate-entities'];
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DATA = resolve(ROOT, process.env.WIREROOM_EVAL || '../shared/eval');
const WIREROOM = join(ROOT, 'apps/cli/bin/wireroom.mjs');

if (process.argv.includes('--help')) {
  console.log(usage(process.argv[2]));
  process.exit(0);
}
const { group, only, json, previewFlags, flags } = readArguments(process.argv.slice(2));
const wanted = chooseEvaluations();
const work = mkdtempSync(join(tmpdir(), 'wireroom-eval-'));
try {
  const report = {};
  for (const evaluation of wanted) report[evaluation.name] = await evaluate(evaluation);
  if (json) console.log(JSON.stringify(wanted.length === 1 ? report[wanted[0].name] : report, null, 2));
} catch (error) {
  fail(1, error.message);
} finally {
  rmSync(work, { recursive: true });
}

function usage(group) {
  const sets = (EVALUATIONS[group] ?? []).map(({ name }) => name);
  return [
    `Usage: npm run eval:${group} -- [--only <set>] [--json] [--accurate-entities] [flags of the scorer]`,
    `Sets: ${sets.join(', ')}. All of them run unless one is named.`,
    '  --json               the figures as JSON',
    '  --accurate-entities  names by the optional tier too (`npm run entities:install` first)',
    `The data is in ${DATA}; WIREROOM_EVAL names another folder.`,
    'What the figures mean and where they stand: docs/accuracy.md, docs/accuracy-enrichment.md',
  ].join('\n');
}

function readArguments([name, ...rest]) {
  const at = rest.indexOf('--only');
  const [, chosen] = at < 0 ? [] : rest.splice(at, 2);
  const ours = ['--json', ...PREVIEW_FLAGS];
  return {
    group: name,
    only: chosen,
    json: rest.includes('--json'),
    previewFlags: rest.filter((flag) => PREVIEW_FLAGS.includes(flag)),
    flags: rest.filter((flag) => !ours.includes(flag)),
  };
}

function chooseEvaluations() {
  const evaluations = Object.hasOwn(EVALUATIONS, group ?? '') ? EVALUATIONS[group] : undefined;
  if (!evaluations) fail(USAGE, `name one of: ${Object.keys(EVALUATIONS).join(', ')}.`);
  if (!existsSync(DATA)) {
    fail(USAGE, `the evaluation data is not there: ${DATA} is missing; set WIREROOM_EVAL to the folder that holds it.`);
  }
  const chosen = evaluations.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0)
    fail(USAGE, `${group} has no set ${only}; it has ${evaluations.map((e) => e.name).join(', ')}.`);
  return chosen;
}

/** Scores one evaluation, prints it for a person unless --json is on, and returns the scorer's figures. */
async function evaluate({ name, emit, score, reshape, baselines, references = [] }) {
  const answers = join(work, `${name}.ndjson`);
  const start = performance.now();
  const items = await previewInto(answers, emit);
  const seconds = (performance.now() - start) / 1000;
  const scored = reshape ? await reshaped(reshape, answers) : answers;
  const command = score.map((part) => (part === OUT ? scored : part));

  if (json) return JSON.parse(await outputOf(script([...command, '--json', ...flags])));
  console.log(`\n${name}: ${items} items in ${seconds.toFixed(1)} s (${(items / seconds).toFixed(1)}/s)`);
  if (!baselines || flags.length > 0) await run(script([...command, ...flags]));
  for (const reference of references) await scoreReference(reference, score);
  if (baselines) printBaselines(JSON.parse(await outputOf(script([...command, '--json']))), baselines);
}

async function previewInto(path, emit) {
  const source = spawn(process.execPath, script(emit), { cwd: DATA, stdio: ['ignore', 'pipe', 'inherit'] });
  const preview = spawn(process.execPath, [WIREROOM, 'preview', '--ndjson', ...previewFlags], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  let lines = 0;
  preview.stdout.on('data', (chunk) => {
    for (const byte of chunk) if (byte === 0x0a) lines += 1;
  });
  await Promise.all([
    pipeline(source.stdout, preview.stdin),
    pipeline(preview.stdout, createWriteStream(path)),
    succeeded(source, emit[0]),
    succeeded(preview, 'wireroom preview'),
  ]);
  return lines;
}

async function reshaped(command, answers) {
  const path = `${answers}.reshaped`;
  const child = spawn(process.execPath, script(command.map((part) => (part === OUT ? answers : part))), {
    cwd: DATA,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await Promise.all([pipeline(child.stdout, createWriteStream(path)), succeeded(child, command[0])]);
  return path;
}

/** What another method, run here and now, reaches on the same lines by the same scorer. */
async function scoreReference({ name, gold, answer }, score) {
  const path = join(work, `${name}.ndjson`);
  const lines = readFileSync(join(DATA, gold), 'utf8').split('\n').filter(Boolean);
  const answers = lines
    .map((line) => JSON.parse(line))
    .map((line) => ({ id: line.id, ok: true, enrichment: answer(line) }));
  writeFileSync(path, answers.map((each) => JSON.stringify(each)).join('\n'));
  console.log(`\nfor comparison, ${name}:`);
  await run(script(score.map((part) => (part === OUT ? path : part))));
}

function printBaselines(ours, file) {
  const baselines = JSON.parse(readFileSync(join(DATA, file), 'utf8'));
  for (const { set, rows, measures } of baselineTables(ours, baselines)) {
    console.log(`\n${set}`);
    console.table(rows, measures);
  }
}

function script([path, ...args]) {
  return [join(DATA, path), ...args];
}

async function run(command) {
  const child = spawn(process.execPath, command, { cwd: DATA, stdio: ['ignore', 'inherit', 'inherit'] });
  await succeeded(child, command[0]);
}

async function outputOf(command) {
  const child = spawn(process.execPath, command, { cwd: DATA, stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  await succeeded(child, command[0]);
  return Buffer.concat(chunks).toString('utf8');
}

function succeeded(child, name) {
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => (code === 0 ? done() : failed(new Error(`${name} ended with code ${code}`))));
  });
}

function fail(code, message) {
  console.error(`eval: ${message}`);
  process.exit(code);
}
