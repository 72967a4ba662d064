import { describe, expect, it } from '@jest/globals';
import type { Candidate } from '../provenance.js';
import { inLocalTime } from './local-time.js';

const valuesOf = (...values: string[]): string[] =>
  inLocalTime(values.map((value): Candidate => ({ value, rule: 'any', weight: 1, source: 'text', spans: [] }))).map(
    ({ value }) => value,
  );

describe('inLocalTime', () => {
  it('takes on the zone of the same instant', () => {
    expect(valuesOf('2024-05-04T03:37:37Z', '2024-05-03T23:37:37-04:00')[0]).toBe('2024-05-03T23:37:37-04:00');
  });

  it('takes on the zone that a shown clock lets see', () => {
    expect(valuesOf('2024-02-25T02:25:54Z', '2024-02-24T21:25:00')[0]).toBe('2024-02-24T21:25:54-05:00');
    expect(valuesOf('2024-02-24T20:00:10Z', '2024-02-25T01:30:00')[0]).toBe('2024-02-25T01:30:10+05:30');
  });

  it('leaves a time alone that nothing else on the page repeats', () => {
    expect(valuesOf('2024-02-25T02:25:54Z', '2024-02-25T09:41:00', '2024-02-26')[0]).toBe('2024-02-25T02:25:54Z');
    expect(valuesOf('2024-02-25T02:25:54Z', '2024-02-25T02:25:00')[0]).toBe('2024-02-25T02:25:54Z');
    expect(valuesOf('2024-02-25T02:25:54Z', '2024-02-27T02:25:00')[0]).toBe('2024-02-25T02:25:54Z');
  });

  it('leaves a time alone that has a zone already', () => {
    expect(valuesOf('2024-02-25T02:25:54+01:00', '2024-02-24T21:25:00')[0]).toBe('2024-02-25T02:25:54+01:00');
  });
});
