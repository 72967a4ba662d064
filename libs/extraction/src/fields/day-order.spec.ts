import { describe, expect, it } from '@jest/globals';
import type { Block } from '../html/blocks.js';
import { monthComesFirst } from './day-order.js';

const lines = (...texts: string[]): Block[] => texts.map((text) => ({ text }) as Block);

describe('monthComesFirst', () => {
  it('is told by another date of the page, whatever the language', () => {
    expect(monthComesFirst(lines('4/5/2030', 'Fares of 3/25/2030'), 'fr')).toBe(true);
    expect(monthComesFirst(lines('4/5/2030', '25/3/2030'), 'en-US')).toBe(false);
  });

  it('is told by the language where no date is clear', () => {
    expect(monthComesFirst(lines('4/5/2030'), 'en-US', 'https://courier.example/ferry')).toBe(true);
    expect(monthComesFirst(lines('4/5/2030'), 'en_us', 'https://courier.us/ferry')).toBe(true);
    expect(monthComesFirst(lines('4/5/2030'), 'en-GB')).toBe(false);
    expect(monthComesFirst(lines('4/5/2030'), undefined)).toBe(false);
  });

  it('does not believe the language of a template on a site of another country', () => {
    expect(monthComesFirst(lines('4/5/2030'), 'en-US', 'https://seestadt-kurier.de/fähre')).toBe(false);
  });
});
