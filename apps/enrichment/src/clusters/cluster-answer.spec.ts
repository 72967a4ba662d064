import { type ProvenanceData, clusterIdOf } from '@wireroom/contracts';
import { matchesOf, signatureOf } from '@wireroom/enrichment';
import { answerFor } from './cluster-answer.js';
import { type FiledText, documentOf, filedTextOf } from './filed-text.js';
import { withCluster } from './with-cluster.js';

const FERRY =
  'The ferry sails again on Monday, and tickets bought before the repair stay valid until the end of the year.';
const STORM = 'A storm has torn the roof off the old market hall, and traders will sell from their vans for a while.';

/** A text of `item`, filed so many minutes after eight. */
function text(item: string, revision: number, minute: number, body: string): FiledText {
  const receivedAt = new Date(Date.UTC(2026, 2, 1, 8, minute)).toISOString();
  const filed = { contentId: item, revision, source: `source-of-${item}`, receivedAt, signature: signatureOf(body) };
  return filedTextOf(documentOf(filed, Date.parse(receivedAt)));
}

function reasonOf(asked: FiledText, others: FiledText[], root = others[0]!): string | undefined {
  const answer = answerFor(asked, matchesOf(asked, others), root, []);
  const read: { provenance: ProvenanceData[] } = { provenance: [] };
  return withCluster(read, answer).provenance[0]!.reason;
}

describe('answerFor', () => {
  it('has a revision in other words in its item’s cluster, because it is the item’s', () => {
    const [before, after] = [text('a', 1, 0, FERRY), text('a', 2, 5, STORM)];
    const { cluster } = answerFor(after, matchesOf(after, [before]), before, []);
    expect(cluster).toEqual({ id: clusterIdOf('a', 1), kind: 'revised' });
    expect(reasonOf(after, [before])).toMatch(/^the item's own revision 1: 0\.00 of all/);
  });

  it('says so of a revision too that has another source’s words', () => {
    const [before, other, after] = [text('a', 1, 0, FERRY), text('b', 1, 1, STORM), text('a', 2, 5, STORM)];
    const { cluster } = answerFor(after, matchesOf(after, [before, other]), before, [other]);
    expect(cluster).toEqual({ id: clusterIdOf('a', 1), kind: 'revised', merged: [clusterIdOf('b', 1)] });
    expect(reasonOf(after, [before, other])).toMatch(/^the item's own revision 1/);
  });

  it('names the most like of other sources’ texts for what is no revision', () => {
    const [first, copy] = [text('a', 1, 0, FERRY), text('b', 1, 5, `${FERRY} By our own staff.`)];
    const { cluster } = answerFor(copy, matchesOf(copy, [first]), first, []);
    expect(cluster).toMatchObject({ kind: 'syndicated', first: { contentId: 'a', source: 'source-of-a' } });
    expect(reasonOf(copy, [first])).toMatch(/^like source-of-a's a\/1: 0\.[89]/);
  });

  it('has a revision that was filed before the earlier one as the first', () => {
    const [late, early] = [text('a', 1, 5, FERRY), text('a', 2, 0, STORM)];
    const first = answerFor(early, matchesOf(early, [late]), early, []);
    const next = answerFor(late, matchesOf(late, [early]), early, []);
    expect([first.cluster.kind, next.cluster.kind]).toEqual(['first', 'revised']);
    expect(next.cluster.id).toBe(first.cluster.id);
  });
});
