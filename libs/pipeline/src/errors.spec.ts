import { describe, expect, it } from '@jest/globals';
import { ContractViolation } from '@wireroom/contracts';
import { UnavailableError } from '@wireroom/platform';
import { PermanentError, TransientError, codeOf, isPermanent } from './errors.js';

const foreign = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });

describe('codeOf', () => {
  it.each([
    [new PermanentError('too-large'), 'too-large'],
    [new TransientError('slow-neighbour'), 'slow-neighbour'],
    [new ContractViolation([]), 'contract-violation'],
    [new UnavailableError('kafka'), 'unavailable'],
    [foreign, 'unexpected'],
    [new TypeError('a bug'), 'unexpected'],
    [undefined, 'unexpected'],
    ['a text', 'unexpected'],
  ])('given %s, then the code is %s', (error, code) => {
    expect(codeOf(error)).toBe(code);
  });
});

describe('isPermanent', () => {
  it('given what the same bytes would meet again, then it is', () => {
    expect([new PermanentError('empty'), new ContractViolation([])].map(isPermanent)).toEqual([true, true]);
  });

  it('given what may pass, then it is not', () => {
    expect([new TransientError('slow'), new UnavailableError('kafka'), foreign, null].map(isPermanent)).not.toContain(
      true,
    );
  });
});
