import { clusterOf, createClusterIndex, matchesOf } from './cluster-index.js';
import { bandKeysOf, signatureOf, similarity } from './signature.js';

const SENTENCES = [
  'The harbour at Velmouth will be closed to cargo ships for the whole of the coming winter.',
  'Engineers found cracks in the northern breakwater after a routine dive last week.',
  'The port authority said repairs would cost nine million crowns and take five months.',
  'Fishing boats may still use the inner basin under the escort of a pilot.',
  'Two ferry lines will move their services to Port Andrel until the spring.',
  'Traders in the old town fear for their income and have asked the council for help.',
  'The council will meet the authority in a public session to discuss the plan.',
];
const ARTICLE = SENTENCES.join(' ');
const [BOILERPLATE, STORY] = [SENTENCES.slice(0, 3).join(' '), SENTENCES.slice(3, 6).join(' ')];
const OTHER =
  'A rare owl has been seen in the woods above Tarn for the first time in forty years, and birdwatchers from three ' +
  'provinces have come to look for it. Wardens asked them to stay on the paths and to leave their dogs at home. ' +
  'The bird, a male, was ringed in the north as a chick and is thought to be five years old.';

describe('cluster index', () => {
  it('starts a cluster with the first item and finds it again for the same words', () => {
    const index = createClusterIndex();
    expect(index.assign(signatureOf(ARTICLE), 'a')).toEqual({ id: 'a', kind: 'first' });
    expect(index.assign(signatureOf(ARTICLE.toUpperCase()), 'b')).toEqual({ id: 'a', kind: 'exact' });
    expect(index.assign(signatureOf(OTHER), 'c')).toEqual({ id: 'c', kind: 'first' });
  });

  it('tells a revision of the same source from a syndicated copy', () => {
    const index = createClusterIndex();
    const changed = ARTICLE.replace('nine million', 'eleven million');
    index.assign(signatureOf(ARTICLE), 'a', 'harbour-news');
    expect(index.assign(signatureOf(changed), 'b', 'harbour-news').kind).toBe('revised');
    expect(index.assign(signatureOf(`${changed} By our own staff.`), 'c', 'daily-tide').kind).toBe('syndicated');
  });

  it('gives an id the same answer again', () => {
    const index = createClusterIndex();
    index.assign(signatureOf(ARTICLE), 'a');
    const first = index.assign(signatureOf(SENTENCES.slice(0, 5).join(' ')), 'b');
    expect(index.assign(signatureOf(ARTICLE), 'b')).toEqual(first);
  });

  it('joins to the oldest cluster and names the ones that turn out to be the same', () => {
    const signature = signatureOf(ARTICLE);
    const candidates = [
      { id: 'y', signature, clusterId: 'y', sequence: 7 },
      { id: 'x', signature, clusterId: 'x', sequence: 3 },
    ];
    const decision = clusterOf({ id: 'z', signature }, candidates);
    expect(decision.cluster).toEqual({ id: 'x', kind: 'exact' });
    expect(decision.merged).toEqual(['y']);
  });

  it('tells other stories over the same boilerplate from copies of one', () => {
    const index = createClusterIndex();
    index.assign(signatureOf(`${STORY} ${BOILERPLATE}`), 'a');
    expect(index.assign(signatureOf(`${OTHER} ${BOILERPLATE}`), 'b').kind).toBe('first');
  });

  it('takes them for copies where one does not say where its words stand, as those filed earlier', () => {
    const { hashes, shingles, digest } = signatureOf(`${STORY} ${BOILERPLATE}`);
    const other = { id: 'b', signature: signatureOf(`${OTHER} ${BOILERPLATE}`) };
    expect(matchesOf(other, [{ id: 'a', signature: { hashes, shingles, digest } }])).toHaveLength(1);
  });

  it('tells other news in the same form from copies, and knows a copy with a corrected figure', () => {
    const index = createClusterIndex();
    const result = (
      home: string,
      guest: string,
      goals: string,
      minute: number,
      crowd: number,
      points: number,
    ): string =>
      `${home} beat ${guest} ${goals} at home on Saturday and climb in the table of the second division. The winner came in ` +
      `minute ${minute} in front of ${crowd} spectators. ${home} have ${points} points now with three games to play.`;
    const [velmouth, tarn] = [
      result('Velmouth', 'Kelda', '2-1', 78, 9120, 41),
      result('Tarn', 'Norrin', '4-3', 12, 840, 33),
    ];
    const [signature, other] = [signatureOf(velmouth), signatureOf(tarn)];
    expect(similarity(signature, other).containment).toBeGreaterThan(0.5);
    index.assign(signature, 'a');
    expect(index.assign(other, 'b').kind).toBe('first');
    expect(index.assign(signatureOf(velmouth.replace('9120', '9210')), 'c').id).toBe('a');
  });

  it('takes revisions of one item for one story, whatever their words are', () => {
    const [revised, other] = [
      { id: 'a/1', contentId: 'a' },
      { id: 'b/1', contentId: 'b' },
    ].map((text) => ({
      ...text,
      signature: signatureOf(OTHER),
    }));
    const matches = matchesOf({ id: 'a/2', contentId: 'a', signature: signatureOf(ARTICLE) }, [other!, revised!]);
    expect(matches.map(({ candidate }) => candidate.id)).toEqual(['a/1']);
  });

  it('never clusters texts without words', () => {
    const index = createClusterIndex();
    expect(index.assign(signatureOf(''), 'a').id).toBe('a');
    expect(index.assign(signatureOf('…'), 'b').id).toBe('b');
  });
});

describe('signatures', () => {
  it('estimate similarity', () => {
    const half = signatureOf(SENTENCES.slice(0, 4).join(' '));
    const { jaccard, containment } = similarity(signatureOf(ARTICLE), half);
    expect(jaccard).toBeGreaterThan(0.35);
    expect(containment).toBeGreaterThan(0.7);
    expect(similarity(half, signatureOf(OTHER)).jaccard).toBeLessThan(0.05);
  });

  it('have 42 band keys, none for a text without words', () => {
    expect(bandKeysOf(signatureOf(ARTICLE))).toHaveLength(42);
    expect(bandKeysOf(signatureOf(''))).toEqual([]);
  });
});
