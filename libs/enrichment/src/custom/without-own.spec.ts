import { describe, expect, it } from '@jest/globals';
import { breaksTheProcess, withoutOwn } from './without-own.js';

describe('what is read without the team’s own steps', () => {
  it('is marked with each of them beside what failed otherwise, and says why', () => {
    const read = { enrichment: { failedSteps: [{ step: 'dates', code: 'step-failed' }] }, reasons: { dates: 'Error' } };
    expect(withoutOwn(read, ['gauge', 'tone'], 'timeout')).toEqual({
      enrichment: {
        failedSteps: [
          { step: 'dates', code: 'step-failed' },
          { step: 'gauge', code: 'timeout' },
          { step: 'tone', code: 'timeout' },
        ],
      },
      reasons: { dates: 'Error', gauge: expect.any(String), tone: expect.any(String) },
    });
  });

  it.each([
    ['out-of-memory', true],
    ['worker-died', true],
    ['undecodable', false],
    [undefined, false],
  ])('is what a process gives after it ended so: %s', (code, breaks) => {
    expect(breaksTheProcess(code)).toBe(breaks);
  });
});
