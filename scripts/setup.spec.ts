import { describe, expect, it } from '@jest/globals';
import { matchesLock } from './setup.mjs';
import { countResults, failuresIn } from './tests.mjs';

const lock = {
  packages: {
    '': { name: 'wireroom' },
    'libs/contracts': { version: '0.1.0' },
    'node_modules/kafkajs': { version: '2.2.4', integrity: 'sha512-b' },
    'node_modules/only-for-another-platform': { version: '1.0.0', optional: true },
  },
};

describe('matchesLock', () => {
  it('accepts an installation that lacks only optional packages', () => {
    const installed = { packages: { 'node_modules/kafkajs': { version: '2.2.4', integrity: 'sha512-b' } } };
    expect(matchesLock(lock, installed)).toBe(true);
  });

  it('refuses another version', () => {
    const installed = { packages: { 'node_modules/kafkajs': { version: '2.2.3', integrity: 'sha512-a' } } };
    expect(matchesLock(lock, installed)).toBe(false);
  });

  it('refuses a missing package', () => {
    expect(matchesLock(lock, { packages: {} })).toBe(false);
  });
});

describe('countResults', () => {
  it('counts a file that could not be loaded as a failure', () => {
    const report = { numPassedTests: 3, numFailedTests: 1, numRuntimeErrorTestSuites: 1 };
    expect(countResults(report)).toEqual({ passed: 3, failed: 2 });
  });
});

describe('failuresIn', () => {
  it('names each failed test, and each file that could not be loaded, with the beginning of what it said', () => {
    const testResults = [
      {
        name: 'a.spec.ts',
        message: 'all of it',
        assertionResults: [
          { status: 'passed', fullName: 'a works', failureMessages: [] },
          { status: 'failed', fullName: 'a holds', failureMessages: ['\u001b[31mexpected 1\u001b[39m'] },
        ],
      },
      { name: 'b.spec.ts', message: 'no such module', assertionResults: [] },
    ];
    expect(failuresIn({ testResults })).toEqual(['FAILED a holds\nexpected 1', 'FAILED b.spec.ts\nno such module']);
  });
});
