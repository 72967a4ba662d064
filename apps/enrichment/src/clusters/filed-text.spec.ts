import { signatureOf } from '@wireroom/enrichment';
import { documentOf, filedTextOf, lookupKeysOf } from './filed-text.js';

const text = {
  contentId: '7d9a5f7e-63a1-5f0e-9d43-b1a1a6f2c002',
  revision: 2,
  source: 'harbour-news',
  receivedAt: '2026-03-01T08:00:00.000Z',
  signature: signatureOf('The ferry sails again on 12 May at 7.30, and tickets bought before the repair stay valid.'),
};

describe('a filed text', () => {
  it('comes back from its document as it was', () => {
    expect(filedTextOf(documentOf(text, 5))).toMatchObject({ ...text, id: `${text.contentId}/2`, filedAt: 5 });
  });

  it('from a document without places and figures, as they were filed once, is compared without them', () => {
    const { places, figures, ...earlier } = documentOf(text, 5);
    expect([places, figures]).not.toContain(undefined);
    const { hashes, shingles, digest } = text.signature;
    expect(filedTextOf(earlier).signature).toEqual({ hashes, shingles, digest });
  });

  it('is found by its bands, by its words as a whole and by its item, by keys that a double holds exactly', () => {
    const keys = lookupKeysOf(text);
    expect(new Set(keys).size).toBe(44);
    for (const key of keys) expect(Number.isSafeInteger(key)).toBe(true);
  });

  it('without words is found by its item alone', () => {
    const [key, ...others] = documentOf({ ...text, signature: signatureOf('…') }, 5).keys;
    expect(others).toEqual([]);
    expect(lookupKeysOf(text)).toContain(key);
    expect(lookupKeysOf({ ...text, contentId: '0f3c8d6a-51f1-5d0e-8d8a-4f1a7f6e9b10' })).not.toContain(key);
  });
});
