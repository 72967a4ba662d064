import { describe, expect, it } from '@jest/globals';
import { readDataLater } from './data.js';

describe('data that is read later', () => {
  it('is looked for when it is asked for, and not before', () => {
    const missing = readDataLater('data/nowhere.json');
    expect(missing).toThrow('nowhere.json');
  });

  it('is read once', () => {
    const demonyms = readDataLater('data/demonyms.json');
    expect(demonyms()).toBe(demonyms());
  });
});
