import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import {
  type ArticleView,
  ContentEnriched,
  type ContentEnrichedData,
  ContentIngested,
  type ContentSubmittedData,
} from '@wireroom/contracts';
import { connectMongo, ensureIndexes } from '@wireroom/platform';
import { signatureOf } from '@wireroom/enrichment';
import { ClusterIndex } from '../../apps/enrichment/src/clusters/cluster-index.js';
import { type ClusterText, clusterTextSchema } from '../../apps/enrichment/src/clusters/cluster-text.schema.js';
import type { TextToFile } from '../../apps/enrichment/src/clusters/filed-text.js';
import { type Collection, ReadConcern } from 'mongodb';
import type { Model } from 'mongoose';
import { Wire, breachesOf, idOf } from './wire.js';

jest.setTimeout(300_000);

const STORIES = 30;
const SOURCES = ['harbour-news', 'skerry-courier', 'kelda-radio', 'daily-tide'];
const INSTANCES = ['enrichment', 'enrichment-2', 'enrichment-3'];

let wire: Wire;

beforeAll(async () => {
  wire = await Wire.start();
});
afterAll(async () => {
  await wire.stop();
});

describe('three indexes over one database', () => {
  it('tell one cluster to copies that come in at the same moment, and the same again whoever is asked', async () => {
    const { indexes, texts, close } = await openIndexes('race');
    const copies = shuffled(STORIES * SOURCES.length, 7).map((at) => copyOf(at));

    await Promise.all(copies.map((copy, at) => indexes[at % 3]!.assign([copy])));
    const again = await indexes[1]!.assign(copies);

    expect(new Set(again.map(({ cluster }) => cluster.id)).size).toBe(STORIES);
    for (let story = 0; story < STORIES; story++) {
      const own = again.filter((_, at) => copies[at]!.story === story);
      expect(new Set(own.map(({ cluster }) => cluster.id)).size).toBe(1);
      expect(own.filter(({ cluster }) => cluster.kind === 'first')).toHaveLength(1);
    }
    expect(await texts.countDocuments()).toBe(copies.length);
    expect(await texts.countDocuments({ into: { $exists: false } })).toBe(STORIES);
    await close();
  });

  it('make one cluster of two that a later text shows to be one, and say which id is no more', async () => {
    const { indexes, close } = await openIndexes('merge');
    const [left, right] = [prose(1001, 30), prose(1002, 30)];
    const [a, b] = await indexes[0]!.assign([fileOf('a', left), fileOf('b', right)]);
    expect(a!.cluster.id).not.toBe(b!.cluster.id);

    const [bridge] = await indexes[1]!.assign([fileOf('c', `${left} ${right}`)]);
    const ids = [a!.cluster.id, b!.cluster.id];
    expect(ids).toContain(bridge!.cluster.id);
    expect([bridge!.cluster.id, ...bridge!.cluster.merged!].sort()).toEqual(ids.sort());

    const [repeated] = await indexes[2]!.assign([fileOf('c', `${left} ${right}`)]);
    expect(repeated!.cluster).toEqual(bridge!.cluster);
    const after = await indexes[2]!.assign([fileOf('a', left), fileOf('b', right)]);
    expect(after.map(({ cluster }) => cluster.id)).toEqual([bridge!.cluster.id, bridge!.cluster.id]);
    await close();
  });

  it('keep an item’s revisions in one cluster, in whatever words and order they come and wherever they meet', async () => {
    const { indexes, texts, close } = await openIndexes('revisions');
    const long = Array.from({ length: 30 }, (_, at) => revisionOf('long', at + 1));
    for (const [at, turn] of shuffled(long.length, 5).entries()) await indexes[at % 3]!.assign([long[turn]!]);
    const short = Array.from({ length: STORIES }, (_, at) => [1, 2, 3].map((one) => revisionOf(`short-${at}`, one)));
    await Promise.all(short.flatMap((item) => item.map((one, at) => indexes[at]!.assign([one]))));

    for (const item of [long, ...short]) {
      const again = await indexes[1]!.assign(item);
      expect(new Set(again.map(({ cluster }) => cluster.id)).size).toBe(1);
      expect(again.map(({ cluster }) => cluster.kind).sort()).toEqual(['first', ...item.slice(1).map(() => 'revised')]);
    }
    expect(await texts.countDocuments({ into: { $exists: false } })).toBe(1 + STORIES);
    await close();
  });

  it('look at a bounded number of texts, however many are alike', async () => {
    const { indexes, texts, close } = await openIndexes('crowd');
    const body = prose(2001, 30);
    for (let wave = 0; wave < 10; wave++) {
      await indexes[wave % 3]!.assign(Array.from({ length: 30 }, (_, at) => fileOf(`t-${wave}-${at}`, body)));
    }
    const [{ most }] = (await texts
      .aggregate([
        { $unwind: '$keys' },
        { $group: { _id: '$keys', texts: { $sum: 1 } } },
        { $group: { _id: 1, most: { $max: '$texts' } } },
      ])
      .toArray()) as [{ most: number }];
    expect(most).toBe(8);
    expect(await texts.countDocuments({ into: { $exists: false } })).toBe(1);
    await close();
  });

  it('are kept in pages of 4 kB, since each key of a text has one written anew', async () => {
    const { texts, close } = await openIndexes('pages');
    const [stats] = await texts.aggregate([{ $collStats: { storageStats: {} } }]).toArray();
    expect(stats).toHaveProperty(
      'storageStats.indexDetails.keys_1.creationString',
      expect.stringContaining('leaf_page_max=4KB'),
    );
    await close();
  });
});

describe('a line with three instances of enrichment', () => {
  const submissions = shuffled(STORIES * SOURCES.length, 3).map(submissionOf);
  const ids = submissions.map(idOf);
  let before: Map<string, ArticleView>;

  it('gives the copies of a story one cluster, although one instance is killed meanwhile', async () => {
    await wire.startAll();
    for (const name of INSTANCES.slice(1)) await wire.startService('enrichment', {}, name);
    for (const submission of submissions.slice(0, 60)) await wire.publish(submission);
    await waitUntil(async () => (await wire.publishing.listArticles({ limit: 1 })).items.length > 0, 60_000);
    await wire.services.get('enrichment-2')!.kill();
    for (const submission of submissions.slice(60)) await wire.publish(submission);

    await expect(wire.waitForPublished(ids, 120_000)).resolves.toEqual([]);
    before = await articlesOf(ids);
    expectOneClusterEach(before);
    const accepted = ids.map((contentId) => ({ contentId, revision: 1 }));
    expect(breachesOf(accepted, await wire.releases())).toEqual([]);
  });

  it('shows an article with the other members of its cluster, and lists them', async () => {
    const { enrichment, cluster } = before.get(ids[0]!)!;
    const copies = ids.filter((_, at) => storyOf(submissions[at]!) === storyOf(submissions[0]!));
    expect(cluster).toMatchObject({ id: enrichment!.cluster!.id, total: SOURCES.length });
    expect(cluster!.members.map(({ id }) => id).sort()).toEqual(copies.sort());
    expect(cluster!.members.filter(({ kind }) => kind === 'first').length).toBeGreaterThan(0);
    const listed = await wire.publishing.listArticles({ cluster: cluster!.id });
    expect(listed.items.map(({ id }) => id).sort()).toEqual(copies.sort());
  });

  it('after a replay of the whole topic has the same clusters, and nothing twice', async () => {
    const texts = (await wire.database('enrichment')).collection('cluster_texts');
    const filed = await texts.find({}, { sort: { _id: 1 } }).toArray();
    await replayAll();

    await expect(wire.waitForQuiet(120_000)).resolves.toBe(true);
    expect(await articlesOf(ids)).toEqual(before);
    expect(await texts.find({}, { sort: { _id: 1 } }).toArray()).toEqual(filed);
  });

  it('and has them still when the enriched stage was lost and is made anew from the topic', async () => {
    const database = await wire.database('enrichment');
    await database.collection('enriched_items').deleteMany({});
    await replayAll();

    await expect(wire.waitForQuiet(120_000)).resolves.toBe(true);
    await waitUntil(async () => (await database.collection('enriched_items').countDocuments()) === ids.length, 60_000);
    expect(await database.collection('cluster_texts').countDocuments()).toBe(ids.length);
    const said = (await wire.recordsOf(ContentEnriched.topic)).map(
      ({ value }) => JSON.parse(value) as ContentEnrichedData,
    );
    const newest = new Map(said.map(({ contentId, enrichment }) => [contentId, enrichment!.cluster!.id]));
    const roots = new Map(ids.map((id, at) => [newest.get(id), storyOf(submissions[at]!)]));
    expect(roots.size).toBe(STORIES);
  });

  it('keeps an item that is written anew in its cluster, and says why', async () => {
    const submission = submissions[0]!;
    const { cluster } = await wire.publishing.getArticle(ids[0]!);
    await wire.publish({ ...submission, body: `Another report from the islands\n\n${prose(5001, 24)}` });

    const revised = async () => wire.publishing.getArticle(ids[0]!, { explain: 'true' });
    await waitUntil(async () => (await revised()).revision === 2, 60_000);
    const { enrichment, provenance } = await revised();
    expect(enrichment!.cluster).toMatchObject({ id: cluster!.id, kind: 'revised' });
    const evidence = provenance!.find(({ field }) => field === '/enrichment/cluster');
    expect(evidence!.reason).toMatch(/^the item's own revision 1: 0\.0/);
  });

  /** Takes the topic from its beginning again, with the instances down meanwhile. */
  async function replayAll(): Promise<void> {
    for (const name of INSTANCES) await wire.services.get(name)!.stop();
    const admin = wire.kafka.admin();
    await admin.connect();
    await admin.resetOffsets({ groupId: 'wireroom-enrichment', topic: ContentIngested.topic, earliest: true });
    await admin.disconnect();
    for (const name of INSTANCES) await wire.startService('enrichment', {}, name);
  }

  async function articlesOf(contentIds: string[]): Promise<Map<string, ArticleView>> {
    const views = await Promise.all(contentIds.map((id) => wire.publishing.getArticle(id)));
    return new Map(views.map((view) => [view.id, view]));
  }

  function expectOneClusterEach(articles: Map<string, ArticleView>): void {
    const storiesOf = new Map<string, Set<number>>();
    ids.forEach((id, at) => {
      const cluster = articles.get(id)!.enrichment!.cluster!.id;
      storiesOf.set(cluster, (storiesOf.get(cluster) ?? new Set()).add(storyOf(submissions[at]!)));
    });
    expect(storiesOf.size).toBe(STORIES);
    for (const stories of storiesOf.values()) expect(stories.size).toBe(1);
  }
});

interface Indexes {
  indexes: ClusterIndex[];
  texts: Collection<ClusterText>;
  close: () => Promise<void>;
}

/** Three indexes, each on a connection of its own as in three processes, over an empty database. */
async function openIndexes(name: string): Promise<Indexes> {
  const connections = await Promise.all([1, 2, 3].map(() => connectMongo(wire.backends.mongoUri, `clusters_${name}`)));
  const models = connections.map((mongo) => mongo.model<ClusterText>('ClusterText', clusterTextSchema));
  await ensureIndexes([models[0]] as unknown as Model<never>[]);
  return {
    indexes: connections.map((mongo) => new ClusterIndex(mongo)),
    // links are written with w: 1, so a majority may not have them yet
    texts: connections[0]!
      .getClient()
      .db(connections[0]!.name, { readConcern: new ReadConcern('local') })
      .collection(models[0]!.collection.name),
    close: async () => void (await Promise.all(connections.map((mongo) => mongo.close()))),
  };
}

function fileOf(id: string, body: string): TextToFile {
  const receivedAt = '2026-03-01T08:00:00.000Z';
  return { contentId: id, revision: 1, source: `source-of-${id}`, receivedAt, signature: signatureOf(body) };
}

/** A revision in words of its own. */
function revisionOf(contentId: string, revision: number): TextToFile {
  const seed = [...`${contentId} ${revision}`].reduce((hash, char) => (hash * 31 + char.charCodeAt(0)) % 1_000_003, 7);
  return { ...fileOf(contentId, prose(seed, 24)), revision };
}

/** The `at`th of all copies of all stories; every other one is a little changed. */
function copyOf(at: number): TextToFile & { story: number } {
  const story = Math.floor(at / SOURCES.length);
  return { ...fileOf(`copy-${at}`, bodyOf(at)), source: SOURCES[at % SOURCES.length]!, story };
}

function submissionOf(at: number): ContentSubmittedData {
  const story = Math.floor(at / SOURCES.length);
  return {
    source: SOURCES[at % SOURCES.length]!,
    externalId: `story-${story}`,
    contentType: 'text/plain',
    body: `Report ${story} from the islands\n\n${bodyOf(at)}`,
  };
}

function storyOf({ externalId }: ContentSubmittedData): number {
  return Number(externalId!.split('-')[1]);
}

function bodyOf(at: number): string {
  const body = prose(Math.floor(at / SOURCES.length), 24);
  return at % 2 === 0 ? body : `${body}\n\nThe report was read and shortened by the night desk of this paper.`;
}

/** Sentences of made-up words, the same for the same seed and no two seeds alike. */
function prose(seed: number, sentences: number): string {
  const next = generator(seed + 1);
  const syllables = ['ka', 'lo', 'mer', 'tin', 'sa', 'vel', 'dor', 'ni', 'pra', 'uth', 'gel', 'bo'];
  const word = (): string => Array.from({ length: 2 + next(2) }, () => syllables[next(syllables.length)]).join('');
  const sentence = (): string => `The ${Array.from({ length: 9 }, word).join(' ')} was seen.`;
  return Array.from({ length: sentences / 3 }, () => [sentence(), sentence(), sentence()].join(' ')).join('\n\n');
}

function shuffled(length: number, seed: number): number[] {
  const next = generator(seed);
  const numbers = Array.from({ length }, (_, at) => at);
  for (let at = length - 1; at > 0; at--) {
    const other = next(at + 1);
    [numbers[at], numbers[other]] = [numbers[other]!, numbers[at]!];
  }
  return numbers;
}

/** Numerical Recipes' linear congruential generator; the high bits are the good ones. */
function generator(seed: number): (below: number) => number {
  let state = (seed * 2654435761) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
