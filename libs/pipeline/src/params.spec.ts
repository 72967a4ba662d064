import { describe, expect, it } from '@jest/globals';
import { ContractViolation } from '@wireroom/contracts';
import { contentIdParam, countParam } from './params.js';

describe('contentIdParam', () => {
  it('given a content id in capitals, then it is the same id', () => {
    expect(contentIdParam('E9EE5257-737B-527B-A9B9-ECE1AD396770')).toBe('e9ee5257-737b-527b-a9b9-ece1ad396770');
  });

  it.each(['', '../../etc', 'e9ee5257737b527ba9b9ece1ad396770', 'e9ee5257-737b-527b-a9b9-ece1ad396770x'])(
    'given %j, then it is refused',
    (text) => expect(() => contentIdParam(text)).toThrow(ContractViolation),
  );
});

describe('countParam', () => {
  it('given a whole number from 1, then it is that number', () => {
    expect(countParam('120', 'revision')).toBe(120);
  });

  it.each(['0', '-1', '1.5', '1e3', '007', ' 1', '9999999999', ''])('given %j, then the field is named', (text) => {
    expect(() => countParam(text, 'revision')).toThrow(/revision/);
  });
});
