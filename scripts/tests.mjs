import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { runThrough } from './child.mjs';

/** Jest's own five seconds are soon over on a machine that does other things as well. */
const TEST_TIMEOUT_MS = 30_000;

/** End-to-end tests start servers of their own and wait for them most of the time, so two files run side by side. */
const WORKERS = {
  unit: ['--maxWorkers=2'],
  contract: ['--maxWorkers=2'],
  e2e: ['--maxWorkers=2'],
  browser: ['--runInBand'],
};
const FAILURE_LINES = 30;
const NODE_ARGS = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/**
 * Runs Jest on one project after the other and ends with one plain line over all of them: `N passed, N failed`.
 *
 * @param {string[]} args go to Jest as they are: a part of a path, `-t name`, any option
 * @returns {Promise<number>} 0 when tests ran and none failed
 */
export async function runTests(root, projects, args) {
  const reports = await mkdtemp(join(tmpdir(), 'wireroom-tests-'));
  try {
    const counts = [];
    for (const project of projects) counts.push(await runProject(root, project, args, join(reports, project)));
    const passed = sum(counts.map((count) => count.passed));
    const failed = sum(counts.map((count) => count.failed));
    for (const failure of counts.flatMap((count) => count.failures)) console.log(`\n${failure}`);
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 && passed > 0 ? 0 : 1;
  } finally {
    await rm(reports, { recursive: true });
  }
}

/** Counts one Jest report. A file that could not even be loaded counts as one failure. */
export function countResults({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
  return { passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites };
}

async function runProject(root, project, args, report) {
  const jest = ['node_modules/jest/bin/jest.js', '--selectProjects', project, '--passWithNoTests', ...WORKERS[project]];
  const time = `--testTimeout=${TEST_TIMEOUT_MS}`;
  const command = [...NODE_ARGS, ...jest, time, '--json', `--outputFile=${report}`, ...args];
  const code = await runThrough(process.execPath, command, { cwd: root });
  const results = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
  if (results === undefined) {
    return { passed: 0, failed: 1, failures: [`Jest ended with code ${code} and no report on the ${project} tests.`] };
  }
  const counts = { ...countResults(results), failures: failuresIn(results) };
  // a run cut short, or a fault outside all tests, fails without a failed test
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** What failed and how, repeated where a long log ends: a line for the test, then the beginning of its message. */
export function failuresIn({ testResults }) {
  return testResults.flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && assertionResults.length === 0 && message)
      return [`FAILED ${name}\n${beginningOf(message)}`];
    return failed.map(
      ({ fullName, failureMessages }) => `FAILED ${fullName}\n${beginningOf(failureMessages.join('\n'))}`,
    );
  });
}

function beginningOf(message) {
  return stripVTControlCharacters(message).split('\n').slice(0, FAILURE_LINES).join('\n');
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
