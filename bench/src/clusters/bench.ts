import { ClusterIndex } from '@wireroom/enrichment-service/dist/clusters/cluster-index.js';
import {
  type ClusterText,
  INDEX_PAGE_KB,
  clusterTextSchema,
} from '@wireroom/enrichment-service/dist/clusters/cluster-text.schema.js';
import { documentOf } from '@wireroom/enrichment-service/dist/clusters/filed-text.js';
import { connectMongo, ensureIndexes } from '@wireroom/platform';
import type { Collection, Document, IndexDescription } from 'mongodb';
import type { Connection, Model } from 'mongoose';
import { onLocalServers } from '../local-servers.js';
import { figure, progress, tableOf } from '../report.js';
import { percentile } from '../statistics.js';
import { madeUpTexts } from './texts.js';

const DATABASE = 'wireroom_enrichment';
/** Keys are spread evenly, so three reads a page at random leave out one page in twenty. */
const READS_A_PAGE = 3;
/** Texts in a call, about as many as a stage's batch has when the line is busy. */
const BATCH = 50;
/** Until the pages of a freshly built index are in memory, as they are in one that grew. */
const WARM_UP = 60;
/** Calls whose reads the profiler counts; it slows them down, so they aren't timed. */
const PROFILED = 4;
const CHUNK = 5000;
const FAST = { ordered: false, writeConcern: { w: 1, journal: false } } as const;
/** Indexes over ten million texts take most of an hour to build. */
const LONGEST_COMMAND_MS = 3 * 60 * 60_000;
/** What the local MongoDB starts with. */
export const SMALL_CACHE_GB = 0.5;

/** What a new text costs in an index that holds so many. */
export interface SizeFigures {
  texts: number;
  /** Of MongoDB, for all it holds. */
  cacheGigabytes: number;
  /** A text's part of a call's time. */
  p50Ms: number;
  p99Ms: number;
  keysExamined: number;
  documentsExamined: number;
  indexMegabytes: number;
  /** Share of the new texts that were put under an older one. */
  joined: number;
}

export interface ClustersReport {
  batch: number;
  calls: number;
  sizes: SizeFigures[];
}

/**
 * Fills a cluster index up to each size in turn, and there files new texts in it by the stage's own code.
 *
 * @param caches sizes of MongoDB's cache, gigabytes; each index is measured with each of them
 */
export async function benchClusters(sizes: number[], caches: number[], calls: number): Promise<ClustersReport> {
  return onLocalServers(async ({ backends, stopFirst }) => {
    const mongo = await connectMongo(backends.mongoUri, DATABASE, { timeoutMs: LONGEST_COMMAND_MS });
    stopFirst(() => mongo.close());
    const model = mongo.model<ClusterText>('ClusterText', clusterTextSchema);
    await ensureIndexes([model as unknown as Model<never>]);
    const texts = model.collection as unknown as Collection<ClusterText>;
    const figures: SizeFigures[] = [];
    let filed = 0;
    for (const size of sizes) {
      progress(`filling the index up to ${size.toLocaleString('en-GB')} texts`);
      await fill(texts, filed, size);
      filed = Math.max(filed, size);
      for (const cache of caches) {
        await giveCache(mongo, texts, cache);
        figures.push({ texts: size, cacheGigabytes: cache, ...(await measure(mongo, texts, filed, calls)) });
        filed += textsMeasuredBy(calls);
      }
    }
    return { batch: BATCH, calls, sizes: figures };
  });
}

/** Writes what the index itself would, but the links between copies, which looking for candidates doesn't read. */
async function fill(texts: Collection<ClusterText>, from: number, to: number): Promise<void> {
  const declared = ((await texts.indexes()) as IndexDescription[]).filter(({ name }) => name !== '_id_');
  await texts.dropIndexes();
  for (let at = from; at < to; at += CHUNK) {
    const documents = [...madeUpTexts(at, Math.min(CHUNK, to - at))].map((text) => documentOf(text, at));
    await texts.insertMany(documents, FAST);
    if (at % 100_000 < CHUNK) progress(`${at.toLocaleString('en-GB')} texts are in`);
  }
  progress('building the indexes');
  await texts.createIndexes(declared);
}

/** Changes the cache of the running server and has it read nearly all of the index, of which it keeps what it can. */
async function giveCache(mongo: Connection, texts: Collection<ClusterText>, gigabytes: number): Promise<void> {
  const megabytes = Math.round(gigabytes * 1024);
  const setting = { wiredTigerEngineRuntimeConfig: `cache_size=${megabytes}MB` };
  await mongo.db!.admin().command({ setParameter: 1, ...setting });
  progress(`reading the index into a cache of ${gigabytes} GB`);
  const pages = (await storageOf(texts)).totalIndexSize / (INDEX_PAGE_KB * 1024);
  for (let read = 0; read < pages * READS_A_PAGE; read += CHUNK) {
    const anywhere = Array.from({ length: CHUNK }, () => Math.floor(Math.random() * 2 ** 52));
    await texts.countDocuments({ keys: { $in: anywhere } }, { hint: 'keys_1' });
  }
}

/** How many texts are filed by one measurement. */
function textsMeasuredBy(calls: number): number {
  return (WARM_UP + calls + PROFILED) * BATCH;
}

async function measure(
  mongo: Connection,
  texts: Collection<ClusterText>,
  from: number,
  calls: number,
): Promise<Omit<SizeFigures, 'texts' | 'cacheGigabytes'>> {
  const index = new ClusterIndex(mongo);
  let next = from;
  const assign = async (): Promise<{ milliseconds: number; joined: number }> => {
    const batch = [...madeUpTexts(next, BATCH)];
    next += BATCH;
    const began = performance.now();
    const answers = await index.assign(batch);
    const joined = answers.filter(({ cluster }) => cluster.kind !== 'first').length;
    return { milliseconds: performance.now() - began, joined };
  };
  for (let call = 0; call < WARM_UP; call++) await assign();
  const timed = [];
  for (let call = 0; call < calls; call++) timed.push(await assign());
  const queries = await queriesOf(mongo, async () => {
    for (let call = 0; call < PROFILED; call++) await assign();
  });
  const perText = (field: string): number =>
    queries.reduce((sum, query) => sum + Number(query[field] ?? 0), 0) / (PROFILED * BATCH);
  const times = timed.map(({ milliseconds }) => milliseconds / BATCH);
  return {
    p50Ms: percentile(times, 50),
    p99Ms: percentile(times, 99),
    keysExamined: perText('keysExamined'),
    documentsExamined: perText('docsExamined'),
    indexMegabytes: (await storageOf(texts)).totalIndexSize / 1e6,
    joined: timed.reduce((sum, { joined }) => sum + joined, 0) / (calls * BATCH),
  };
}

async function storageOf(texts: Collection<ClusterText>): Promise<{ totalIndexSize: number }> {
  const [stats] = await texts.aggregate([{ $collStats: { storageStats: {} } }]).toArray();
  return stats!['storageStats'] as { totalIndexSize: number };
}

/** What the database did, as its profiler saw it. */
async function queriesOf(mongo: Connection, calls: () => Promise<void>): Promise<Document[]> {
  const database = mongo.db!;
  const since = new Date();
  await database.command({ profile: 2 });
  try {
    await calls();
  } finally {
    await database.command({ profile: 0 });
  }
  return database
    .collection('system.profile')
    .find({ ts: { $gte: since }, ns: `${DATABASE}.cluster_texts` })
    .toArray();
}

export function printClusters({ batch, calls, sizes }: ClustersReport): string {
  const rows = sizes.map((size) => [
    size.texts.toLocaleString('en-GB'),
    `${size.cacheGigabytes} GB`,
    figure(size.p50Ms),
    figure(size.p99Ms),
    figure(size.keysExamined),
    figure(size.documentsExamined),
    figure(size.indexMegabytes),
    `${figure(size.joined * 100)} %`,
  ]);
  const head = ['texts', 'cache', 'p50 ms a text', 'p99 ms', 'keys read', 'documents read', 'index MB', 'joined'];
  return [`${calls} calls of ${batch} new texts at each size`, '', tableOf(head, rows)].join('\n');
}
