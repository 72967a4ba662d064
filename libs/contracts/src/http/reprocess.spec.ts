import { describe, expect, it } from '@jest/globals';
import { validate } from '../validate.js';
import { ReprocessRequest } from './reprocess.js';

describe('the filter of a reprocessing', () => {
  it('takes a code with which steps fail', () => {
    const request = { steps: ['tone'], filter: { code: 'unreachable' } };
    expect(validate(ReprocessRequest, request)).toEqual(request);
  });

  it('refuses a code that no step fails with, and names those there are', () => {
    const bogus = { steps: ['tone'], filter: { code: 'bogus' } };
    expect(() => validate(ReprocessRequest, bogus)).toThrow(/filter\.code: .*step-failed, timeout, .*bad-answer/);
  });
});
