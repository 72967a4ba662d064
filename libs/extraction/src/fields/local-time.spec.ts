import { describe, expect, it } from '@jest/globals';
import type { Candidate } from '../provenance.js';
import { inLocalTime } from './local-time.js';

const valuesAt = (address: string | undefined, ...values: string[]): string[] =>
  inLocalTime(
    values.map((value): Candidate => ({ value, rule: 'any', weight: 1, source: 'text', spans: [] })),
    address,
  ).map(({ value }) => value);
const valuesOf = (...values: string[]): string[] => valuesAt(undefined, ...values);

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

  it('takes on the zone of the country in the address where it makes another day', () => {
    expect(valuesAt('https://kurier.example.se/a', '2024-07-03T22:30:00Z')[0]).toBe('2024-07-04T00:30:00+02:00');
    expect(valuesAt('https://khabar.example.in/a', '2024-07-03T19:00:00Z')[0]).toBe('2024-07-04T00:30:00+05:30');
    expect(valuesAt('https://kurier.example.se/a', '2024-07-03T20:30:00Z')[0]).toBe('2024-07-03T20:30:00Z');
    expect(valuesAt('https://example.co/a', '2024-07-03T02:30:00Z')[0]).toBe('2024-07-03T02:30:00Z');
    expect(valuesAt('https://example.com.co/a', '2024-07-03T02:30:00Z')[0]).toBe('2024-07-02T21:30:00-05:00');
  });

  it('believes a shown day, or a shown clock of UTC, rather than the address', () => {
    expect(valuesAt('https://kurier.example.se/a', '2024-07-03T22:30:00Z', '2024-07-03')[0]).toBe(
      '2024-07-03T22:30:00Z',
    );
    expect(valuesAt('https://kurier.example.se/a', '2024-07-03T22:30:00Z', '2024-07-03T22:30:00')[0]).toBe(
      '2024-07-03T22:30:00Z',
    );
  });

  it('knows midnight at home for a day alone', () => {
    expect(valuesAt('https://kurier.example.se/a', '2024-07-03T22:00:00Z', '2024-07-03')[0]).toBe(
      '2024-07-04T00:00:00+02:00',
    );
  });
});
