import { parseArgs } from 'node:util';
import { SMALL_CACHE_GB, benchClusters, printClusters } from './clusters/bench.js';
import { benchConsole, printConsole } from './console/bench.js';
import { benchEnrich, printEnrich } from './functions/enrich.js';
import { benchExtract, printExtract } from './functions/extract.js';
import { benchPipeline, printPipeline } from './pipeline/bench.js';

const USAGE = `Usage: npm run bench [-- extract | enrich | clusters | console] [-- OPTIONS]

  (none)    the whole line against a stock Nest pipeline, plain client batches and the pure functions
  extract   pages a second of the extraction, beside Readability
  enrich    articles a second of the enrichment, step by step
  clusters  what a new text costs in the cluster index, by how many it holds
  console   what each view of the console takes with a million revisions in its books, and by which plans

  --quick           fewer rounds, about a minute and a half
  --texts A,B       of the clusters only: sizes of the index, rising (10000,100000,1000000)
  --caches A,B      of the clusters only: gigabytes of MongoDB's cache, each size is measured with each (0.5)
  --revisions N     of the console only: how many there are
  --sources N       of the console only: of how many sources, 25 or more
  --rounds N        of the line only: how often each pipeline has its turn
  --json            the figures as JSON on standard output
  --only A,B        of the line only: stock, wireroom, ceiling, wireroomComplete, compute, latency
  --profile DIR     of the line only: leave CPU profiles of the pipelines' processes in DIR
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    texts: { type: 'string' },
    caches: { type: 'string', default: String(SMALL_CACHE_GB) },
    revisions: { type: 'string' },
    sources: { type: 'string' },
    only: { type: 'string' },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

const FUNCTION_MS = values.quick ? 1000 : 4000;

const BENCHES = {
  pipeline: async () =>
    shown(
      await benchPipeline({
        quick: values.quick,
        rounds: values.rounds === undefined ? undefined : Number(values.rounds),
        only: values.only?.split(','),
        profileDir: values.profile,
      }),
      printPipeline,
    ),
  extract: async () => shown(await benchExtract(FUNCTION_MS), printExtract),
  clusters: async () =>
    shown(await benchClusters(sizesOf(values.texts), cachesOf(values.caches), values.quick ? 20 : 100), printClusters),
  enrich: async () => shown(await benchEnrich(FUNCTION_MS), printEnrich),
  console: async () =>
    shown(
      await benchConsole({
        revisions: Number(values.revisions ?? (values.quick ? 50_000 : 1_000_000)),
        sources: Number(values.sources ?? 25),
        calls: 40,
      }),
      printConsole,
    ),
};

process.exitCode = await main(positionals[0] ?? 'pipeline');

async function main(what: string): Promise<number> {
  const bench = Object.hasOwn(BENCHES, what) ? BENCHES[what as keyof typeof BENCHES] : undefined;
  if (values.help || bench === undefined) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  console.log(await bench());
  return 0;
}

/** What a run prints: the figures for a program, or a table for a person. */
function shown<T>(report: T, print: (report: T) => string): string {
  return values.json ? JSON.stringify(report, undefined, 2) : print(report);
}

/** The sizes of the cluster index that are asked for. @throws Error for one that is no whole number or not above the last. */
function sizesOf(option = values.quick ? '10000,100000' : '10000,100000,1000000'): number[] {
  const sizes = option.split(',').map(Number);
  sizes.forEach((size, at) => {
    if (!Number.isInteger(size) || size <= (sizes[at - 1] ?? 0)) {
      throw new Error(`--texts ${option}: rising whole numbers are wanted, parted by commas`);
    }
  });
  return sizes;
}

/** The sizes of the cache that are asked for, gigabytes. @throws Error for one that MongoDB would not take. */
function cachesOf(option: string): number[] {
  const caches = option.split(',').map(Number);
  if (!caches.every((cache) => cache >= 0.25)) {
    throw new Error(`--caches ${option}: numbers from 0.25 on are wanted, parted by commas`);
  }
  return caches;
}
