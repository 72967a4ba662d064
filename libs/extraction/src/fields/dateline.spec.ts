import { describe, expect, it } from '@jest/globals';
import { datelineOf } from './dateline.js';

describe('a dateline', () => {
  it.each([
    ['HARLOW, May 4 (Norwire) – The mayor left.', 'HARLOW, May 4 (Norwire)'],
    ['LONDON - Shares fell.', 'LONDON'],
    ['NEW VARNO -- The mayor left.', 'NEW VARNO'],
    ['Varno (dpa) - Der Rat tagte.', 'Varno (dpa)'],
    ['Puerto Alcor, 4 feb (EFE).- La alcaldesa se fue.', 'Puerto Alcor, 4 feb (EFE)'],
    ['Lisboa, 12 de março de 2024 (Lusa) – O governo caiu.', 'Lisboa, 12 de março de 2024 (Lusa)'],
    ['(ANSA) - MONTECALIDO, 12 MAR - La giunta cade.', '(ANSA) - MONTECALIDO, 12 MAR'],
  ])('%s', (paragraph, expected) => {
    expect(datelineOf(paragraph)).toBe(expected);
  });

  it.each(['Holt – the mayor – left.', 'Madrid: a city.', 'The mayor left - at last.', ''])(
    'is not in: %s',
    (paragraph) => {
      expect(datelineOf(paragraph)).toBeUndefined();
    },
  );
});
