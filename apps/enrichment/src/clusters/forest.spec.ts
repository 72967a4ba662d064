import { signatureOf } from '@wireroom/enrichment';
import { type ClusterNode, linksFor } from './forest.js';
import type { FiledText } from './filed-text.js';

/** A text named by a letter; the earlier the letter, the older it is. */
function text(letter: string, into?: string): FiledText {
  return {
    id: letter,
    contentId: letter,
    revision: 1,
    source: 'harbour-news',
    receivedAt: '2026-03-01T08:00:00.000Z',
    filedAt: letter.charCodeAt(0),
    signature: signatureOf('The ferry sails again.'),
    keys: [],
    into,
  };
}

/** The links for ties such as `ab`; each text is its own root unless `roots` says otherwise. */
function linksOf(pairs: string[], roots: Record<string, string> = {}): string[] {
  const ties = pairs.map(([a, b]) => ({
    text: text(a!),
    match: { candidate: text(b!), jaccard: 1, containment: 1 },
  }));
  const rootOf = (id: string): ClusterNode => text(roots[id] ?? id);
  return linksFor(ties, rootOf)
    .map(({ root, into }) => `${root.id}>${into}`)
    .sort();
}

describe('linksFor', () => {
  it('puts the younger of two roots under the older, whichever of them saw the other', () => {
    expect(linksOf(['ab'])).toEqual(['b>a']);
    expect(linksOf(['ba'])).toEqual(['b>a']);
  });

  it('says nothing of what has one root already', () => {
    expect(linksOf(['bc'], { b: 'a', c: 'a' })).toEqual([]);
  });

  it('links roots, not the texts below them', () => {
    expect(linksOf(['dc'], { d: 'b', c: 'a' })).toEqual(['b>a']);
  });

  it('makes one tree of a chain in any order, each root linked once', () => {
    for (const ties of [
      ['ab', 'bc', 'cd'],
      ['cd', 'bc', 'ab'],
      ['bc', 'ab', 'cd', 'ad'],
    ]) {
      const links = linksOf(ties);
      expect(links.map((link) => link[0])).toEqual(['b', 'c', 'd']);
      for (const link of links) expect(link[2]! < link[0]!).toBe(true);
    }
  });

  it('tells texts filed in the same moment apart, so that no circle can come of it', () => {
    const [a, b] = [text('a'), { ...text('b'), filedAt: text('a').filedAt }];
    const tie = (one: FiledText, other: FiledText) => ({
      text: one,
      match: { candidate: other, jaccard: 1, containment: 1 },
    });
    const rootOf = (id: string): ClusterNode => (id === 'a' ? a : b);
    expect(linksFor([tie(a, b), tie(b, a)], rootOf)).toMatchObject([{ root: { id: 'b' }, into: 'a' }]);
  });
});
