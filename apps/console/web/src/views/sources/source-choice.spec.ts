import { describe, expect, it } from '@jest/globals';
import { SourceSpec, validate } from '@wireroom/contracts';
import { choiceOf, isOffered, specOf } from './source-choice.js';

const FULL: SourceSpec = {
  name: 'harbour-news',
  kind: 'feed',
  address: 'https://harbour.example/feed.xml',
  publisher: 'harbour',
  intervalSeconds: 300,
  minIntervalSeconds: 60,
  maxIntervalSeconds: 900,
  text: 'page',
  maxAgeDays: 3,
  watchPages: true,
  watchHours: 12,
  takenFiles: 'keep',
  ignoreRobots: 'agreed by letter in March',
};

describe('the form of a source', () => {
  it('gives back every setting it was filled with, in the types of the contract', () => {
    expect(specOf(choiceOf(FULL))).toEqual(FULL);
    expect(() => validate(SourceSpec, specOf(choiceOf(FULL)))).not.toThrow();
  });

  it('leaves out what is not set, and the spaces around what is', () => {
    const choice = { ...choiceOf(), name: ' harbour-news ', address: 'https://harbour.example/feed.xml' };
    expect(specOf(choice)).toEqual({
      name: 'harbour-news',
      kind: 'feed',
      address: 'https://harbour.example/feed.xml',
    });
    expect(specOf(choiceOf({ ...FULL, watchPages: false }))).not.toHaveProperty('watchPages');
  });

  it('offers the settings of the kind, and those that are set', () => {
    const folder = { ...choiceOf(), kind: 'folder' };
    expect(isOffered('takenFiles', folder)).toBe(true);
    expect(isOffered('text', folder)).toBe(false);
    expect(isOffered('text', { ...folder, text: 'feed' })).toBe(true);
    expect(isOffered('publisher', folder)).toBe(true);
  });
});
