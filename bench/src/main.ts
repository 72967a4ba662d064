import { parseArgs } from 'node:util';
import { benchPipeline, printPipeline } from './pipeline/bench.js';

const USAGE = `Usage: npm run bench [-- extract | enrich] [-- OPTIONS]

  (none)    the whole line against a stock Nest pipeline, plain client batches and the pure functions
  extract   pages a second of the extraction, beside Readability
  enrich    articles a second of the enrichment, step by step

  --quick           fewer rounds, about a minute and a half
  --json            the figures as JSON on standard output
  --only A,B        of the line only: stock, wireroom, ceiling, wireroomReading, compute
  --profile DIR     of the line only: leave CPU profiles of Wireroom's process in DIR
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    profile: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

process.exitCode = await main(positionals[0] ?? 'pipeline');

async function main(what: string): Promise<number> {
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (what === 'pipeline') {
    const report = await benchPipeline({
      quick: values.quick,
      only: values.only?.split(','),
      profileDir: values.profile,
    });
    console.log(values.json ? JSON.stringify(report, undefined, 2) : printPipeline(report));
    return 0;
  }
  console.error(USAGE);
  return 2;
}
