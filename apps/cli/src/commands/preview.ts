import type { ConfiguredSteps } from '@wireroom/enrichment/custom-steps';
import { type Command, Option } from 'commander';
import { resolve } from 'node:path';
import { CliError, EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { guessInput } from '../preview/guess-input.js';
import type { PreviewAnswer } from '../preview/preview-item.js';
import type { PreviewOptions } from '../preview/preview-stream.js';
import { printPreview } from '../preview/print-preview.js';
import { readInputFile } from '../read-input-file.js';
import { note, printable, write, writeJson, writeLine } from '../terminal.js';
import { positiveInteger, terminalWidth } from './common.js';

interface PreviewFlags {
  ndjson?: boolean;
  json?: boolean;
  explain?: boolean;
  as?: string;
  contentType?: string;
  url?: string;
  publishedAt?: string;
  threads?: number;
  timeout: number;
  memory: number;
  clusters: boolean;
  accurateEntities?: boolean;
  config?: string;
}

export function registerPreview(program: Command): void {
  program
    .command('preview')
    .summary('show what the pipeline makes of a file, without any server')
    .description(
      'Runs extraction and enrichment over files and shows what comes out. Needs no server and stores nothing.',
    )
    .argument('[file...]', 'files to preview')
    .option('--ndjson', 'read items from stdin, one JSON object a line, and answer one line for each, in order')
    .option('--json', 'print JSON, one document for each file')
    .option('--explain', 'show where every value came from, and what was found and not chosen')
    .addOption(
      new Option('--as <kind>', 'read the files as this; guessed by default').choices([
        'article',
        'body',
        'feed',
        'sitemap',
        'warc',
        'robots',
        'agency',
      ]),
    )
    .option('--content-type <type>', 'media type of the files, such as "text/html; charset=windows-1252"')
    .option('--url <url>', 'address the file came from')
    .option('--published-at <time>', 'when the source says it was published, ISO 8601')
    .option('--threads <n>', 'worker processes; one for each core by default', positiveInteger)
    .option('--timeout <ms>', 'time for one item', positiveInteger, 10_000)
    .option('--memory <mb>', 'heap for one item', positiveInteger, 512)
    .option('--no-clusters', 'leave out story clusters: memory then stays the same whatever the length of the stream')
    .addOption(
      new Option(
        '--accurate-entities',
        'have an encoder and a recognizer look at names too, once `npm run entities:install` has brought them',
      ).conflicts('config'),
    )
    .option('--config <file>', 'run the steps that a wireroom.config names, a team’s own modules too')
    .addHelpText(
      'after',
      `
An input line of --ndjson is {id, bodyBase64, as?, url?, contentType?, headers?, publishedAt?, query?}. Its answer
is {id, ok: true, kind, ...} or {id, ok: false, error: {code, message}}; among the codes are bad-line, timeout and
out-of-memory. With --ndjson the exit code is 0 whatever the answers say.

Examples:
  $ wireroom preview page.html
  $ wireroom preview --explain --url https://paper.example/story page.html
  $ wireroom preview --json samples/items/*.txt
  $ wireroom preview --config docs/examples/custom-steps/wireroom.config.ts samples/items/*.txt
  $ wireroom preview --ndjson < items.ndjson > answers.ndjson
${EXIT_CODES_HELP}`,
    )
    .action(preview);
}

async function preview(files: string[], flags: PreviewFlags): Promise<void> {
  if (Boolean(flags.ndjson) === files.length > 0) {
    throw new CliError(EXIT.usage, 'give either files or --ndjson, for lines on stdin');
  }
  const options = await optionsOf(flags);
  const { previewStream } = await import('../preview/preview-stream.js');
  if (flags.ndjson) {
    await previewStream(process.stdin, (answer) => writeLine(JSON.stringify(answer)), options);
    return;
  }
  let failures = 0;
  const show = async (answer: PreviewAnswer): Promise<void> => {
    if (!answer.ok) failures += 1;
    if (flags.json) await writeJson(answer);
    else await write(printPreview(String(answer.id), answer, { explain: flags.explain, width: terminalWidth() }));
  };
  await previewStream(linesOf(files, flags), show, { ...options, threads: Math.min(files.length, flags.threads ?? 2) });
  if (failures > 0) process.exitCode = EXIT.failed;
}

async function optionsOf(flags: PreviewFlags): Promise<PreviewOptions> {
  const { threads, timeout: deadlineMs, memory: memoryMb, clusters, accurateEntities = false, config } = flags;
  if (accurateEntities) await requireEncoder();
  const options = { threads, deadlineMs, memoryMb, clusters, accurateEntities, onStepFailure: noteFailure };
  if (config === undefined) return options;
  const steps = await readSteps(resolve(config));
  return { ...options, config: resolve(config), own: steps.own, clusters: clusters && steps.clusters };
}

function noteFailure(id: string | number | null, step: string, reason: string): void {
  note(`${printable(String(id))}: step ${step} failed: ${printable(reason)}`);
}

/** The steps of a configuration. @throws CliError where the service would not start with it */
async function readSteps(config: string): Promise<ConfiguredSteps> {
  const { stepsOf } = await import('@wireroom/enrichment/custom-steps');
  const steps = await stepsOf(config).catch((cause: Error) => {
    throw new CliError(EXIT.usage, `--config: ${cause.message}`, { cause });
  });
  for (const { name } of steps.http) note(`step ${name} is left out: it is a server, and a preview asks none`);
  return steps;
}

/** Better no preview than one that fails for every item. @throws CliError */
async function requireEncoder(): Promise<void> {
  const { STEPS, withAccurateEntities } = await import('@wireroom/enrichment');
  try {
    withAccurateEntities(STEPS);
  } catch (cause) {
    throw new CliError(EXIT.usage, `--accurate-entities: ${(cause as Error).message}`, { cause });
  }
}

/** The files as lines of input, each read when its turn comes. */
async function* linesOf(files: string[], flags: PreviewFlags): AsyncGenerator<Buffer> {
  for (const file of files) {
    const bytes = await readInputFile(file);
    const guess = guessInput(file, bytes);
    const { url, publishedAt } = flags;
    yield Buffer.from(
      `${JSON.stringify({
        id: file,
        as: flags.as ?? guess.as,
        contentType: flags.contentType ?? guess.contentType,
        url,
        publishedAt,
        bodyBase64: bytes.toString('base64'),
      })}\n`,
    );
  }
}
