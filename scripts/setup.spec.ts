import { describe, expect, it } from '@jest/globals';
import { matchesLock } from './setup.mjs';
import { countResults } from './tests.mjs';

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
