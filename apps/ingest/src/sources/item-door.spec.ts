import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ContentSubmittedData } from '@wireroom/contracts';
import { ItemDoor } from './item-door.js';
import type { ItemIdentity } from './item-memory.js';
import type { ItemEnding } from './ledger-row.js';
import type { SourceDocument } from './source.schema.js';

const source = { publisher: 'calder' } as SourceDocument;
const own: ItemIdentity = { contentId: 'c-1', externalId: 'guid-1', source: 'calder-feed' };
const copy: ItemIdentity = { ...own, copyOf: 'skerry-1' };
const revision = { url: 'https://calder.example/ferry', contentType: 'text/html', body: '<p>It is back.</p>' };

let submitted: ContentSubmittedData[];
let originals: (string | undefined)[];
let answer: ItemEnding;
const door = new ItemDoor(
  {
    submit: async (fields) => {
      submitted.push(fields);
      return answer;
    },
  },
  {
    setOriginal: async (_, copyOf) => {
      originals.push(copyOf);
    },
  },
);

beforeEach(() => {
  submitted = [];
  originals = [];
  answer = { outcome: 'changed' };
});

describe('ItemDoor', () => {
  it('given an item of its own, then its revisions carry its names and their kind', async () => {
    expect(await door.revise(source, own, { ...revision, kind: 'update' })).toEqual({ outcome: 'changed' });
    expect(submitted).toEqual([{ ...revision, source: 'calder', externalId: 'guid-1', kind: 'update' }]);
    expect(originals).toEqual([]);
  });

  it('given a copy whose text has departed, then it begins as an item of its own, and is a copy no more', async () => {
    answer = { outcome: 'added' };
    await door.revise(source, copy, { ...revision, kind: 'update' });
    expect(submitted).toMatchObject([{ source: 'calder', externalId: 'guid-1', kind: 'original' }]);
    expect(originals).toEqual([undefined]);
  });

  it('given one whose new text is refused, then it stays a copy', async () => {
    answer = { outcome: 'rejected', code: 'too-large', reason: 'too large', again: false };
    await door.revise(source, copy, { ...revision, kind: 'update' });
    expect(originals).toEqual([]);
  });

  it('given a page that is gone, then its own item is taken back, and never the original of a copy', async () => {
    answer = { outcome: 'retracted' };
    expect(await door.takeBack(source, own)).toEqual({ outcome: 'retracted' });
    expect(await door.takeBack(source, copy)).toEqual({ outcome: 'duplicate' });
    expect(submitted).toMatchObject([{ source: 'calder', externalId: 'guid-1', kind: 'retraction' }]);
  });
});
