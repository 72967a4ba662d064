import { SingleBar } from 'cli-progress';
import { type Command, Option } from 'commander';
import { CONTENT_KINDS } from '@wireroom/contracts';
import { clientsFor, findAddresses } from '../clients.js';
import { CliError, EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { inOrder } from '../in-order.js';
import { type Labels, type Parcel, collect, findFiles, isUrl } from '../ingest/collect.js';
import { type Followed, Follower } from '../ingest/follow.js';
import { type Receipt, Sender } from '../ingest/send.js';
import { type Totals, hasFailures, noTotals, totalsLine } from '../ingest/totals.js';
import type { Ending } from '../journey.js';
import { isTerminal, note, printable, writeLine } from '../terminal.js';
import { FINDING_HELP, dirOption, positiveInteger } from './common.js';

interface IngestFlags extends Labels {
  dir: string;
  wait?: boolean;
  json?: boolean;
  timeout: number;
  patience: number;
  concurrency: number;
}

const PARCEL_BYTES_UNDER_WAY = 64 * 1024 * 1024;

export function registerIngest(program: Command): void {
  program
    .command('ingest')
    .summary('hand in files, folders, pages or stdin')
    .description(
      'Hands in content and says what became of it. Takes pages and texts (.html .htm .xhtml .txt .md), messages (.eml)\n' +
        'and mailboxes (.mbox), all also as .gz, folders (walked down), http(s) addresses, "-" for stdin, and .ndjson\n' +
        'files with one submission a line. Feeds, sitemaps, archives and agency documents are sources instead.',
    )
    .argument('<what...>', 'files, folders, addresses or -')
    .option('--source <name>', 'who it comes from', 'cli')
    .option('--content-type <type>', 'media type; by the ending of the name by default')
    .option('--external-id <id>', 'the source’s own id for it; the path of a file by default')
    .option('--url <url>', 'where a file was published')
    .option('--published-at <time>', 'when it was published, ISO 8601 with zone')
    .addOption(new Option('--kind <kind>', 'what it does to the story').choices([...CONTENT_KINDS]))
    .option('--wait', 'follow every item until it is published, skipped or a dead letter')
    .option('--timeout <seconds>', 'with --wait: how long after the last one was sent', positiveInteger, 300)
    .option('--patience <seconds>', 'how long to wait for a door that says "later"', positiveInteger, 120)
    .option('--concurrency <n>', 'requests under way at once', positiveInteger, 8)
    .option('--json', 'print a JSON line for each item and one with the totals at the end')
    .addOption(dirOption())
    .addHelpText(
      'after',
      `
An address is fetched once, as sources are: robots.txt holds, and time and size are limited. The host you name may be in
a private network.

Answers 429 and 503 are waited for as Retry-After says; each item carries an Idempotency-Key, so that a repeat within
the run counts once. The exit code is 1 when an item was rejected or, with --wait, became a dead letter or did not end.
${FINDING_HELP}

Examples:
  $ wireroom ingest story.html --source harbour-news --wait
  $ wireroom ingest archive/ --source archive --json > archive.log
  $ wireroom ingest submissions.ndjson
  $ wireroom ingest newsletters.mbox --source harbour-letters
  $ pbpaste | wireroom ingest - --source desk --external-id note-7
${EXIT_CODES_HELP}`,
    )
    .action(ingest);
}

async function ingest(what: string[], flags: IngestFlags): Promise<void> {
  const inputs = (await Promise.all(what.map(inputsOf))).flat();
  if (inputs.length === 0) throw new CliError(EXIT.notFound, 'no file to hand in was found there');
  if ((flags.externalId ?? flags.url) !== undefined && inputs.length > 1) {
    throw new CliError(EXIT.usage, '--external-id and --url name one item, and there are more');
  }
  const addresses = await findAddresses(flags.dir);
  const report = new Report(inputs.length, flags);
  const follower = new Follower(clientsFor(addresses), (item, ending) => report.ended(item, ending));
  const sender = new Sender(addresses.urls.ingest, { patienceMs: flags.patience * 1000 });

  const emit = async (receipts: Receipt[]): Promise<void> => {
    for (const { name, answer } of receipts) {
      await report.answered({ name, answer });
      if (answer.accepted && answer.outcome === 'accepted') follower.add({ name, ...answer });
    }
    report.inputDone();
  };
  const following = flags.wait ? follower.run() : Promise.resolve([]);
  following.catch(() => undefined);
  try {
    await inOrder(collect(inputs, labelsOf(flags)), (parcel) => sender.send(parcel), emit, {
      maxItems: flags.concurrency,
      maxWeight: PARCEL_BYTES_UNDER_WAY,
      weigh,
    });
    follower.close();
    const timer = setTimeout(() => follower.abort(), flags.timeout * 1000);
    for (const { name } of await following) report.unfinished(name);
    clearTimeout(timer);
  } finally {
    follower.abort();
    report.done();
  }
  await report.print();
  if (hasFailures(report.totals)) process.exitCode = EXIT.failed;
}

async function inputsOf(what: string): Promise<string[]> {
  return what === '-' || isUrl(what) ? [what] : findFiles(what);
}

/** What becomes of the items, on the screen or as lines of JSON. */
class Report {
  readonly totals: Totals = noTotals();
  private readonly bar?: SingleBar;

  constructor(
    inputs: number,
    private readonly flags: Pick<IngestFlags, 'json' | 'wait'>,
  ) {
    if (!isTerminal || flags.json || inputs < 2) return;
    this.bar = new SingleBar({ format: '{bar} {value}/{total} · {words}', hideCursor: true, clearOnComplete: true });
    this.bar.start(inputs, 0, { words: '' });
  }

  async answered({ name, answer }: Receipt): Promise<void> {
    this.totals.sent += 1;
    if (!answer.accepted) {
      this.totals.rejected += 1;
      const { status, code, message } = answer;
      await this.tell(
        { name, outcome: 'rejected', status, code, message },
        `rejected ${name}: ${status === undefined ? '' : `${status} `}${code}: ${message}`,
      );
      return;
    }
    const { contentId, revision, outcome } = answer;
    this.totals[outcome] += 1;
    const line = `${outcome} ${name} ${contentId} revision ${revision}`;
    await this.tell(
      { name, outcome, contentId, revision },
      this.flags.wait && outcome === 'accepted' ? undefined : line,
    );
  }

  async ended({ name, contentId }: Followed, { outcome, step }: Ending): Promise<void> {
    if (outcome === 'dead-lettered') this.totals.deadLettered += 1;
    else this.totals[outcome] += 1;
    const { stage, revision, code, detail, title } = step;
    const words = title ?? (code ? [stage, code, detail].filter(Boolean).join(' ') : '(no title)');
    await this.tell(
      { name, outcome, contentId, stage, revision, code, detail, title },
      `${outcome} ${name} ${contentId}: ${words}`,
    );
    this.show();
  }

  unfinished(name: string): void {
    this.totals.unfinished += 1;
    note(`not ended in time: ${printable(name)}`);
  }

  inputDone(): void {
    this.bar?.increment(1);
    this.show();
  }

  done(): void {
    this.bar?.stop();
  }

  async print(): Promise<void> {
    if (this.flags.json) await writeLine(JSON.stringify({ totals: this.totals }));
    else await writeLine(totalsLine(this.totals));
  }

  /** A bar leaves room for bad news only; without one every item has its line. */
  private async tell(json: { outcome: string } & Record<string, unknown>, line: string | undefined): Promise<void> {
    if (this.flags.json) await writeLine(JSON.stringify(json));
    else if (line !== undefined && !this.bar) await writeLine(printable(line));
    else if (line !== undefined && ['rejected', 'dead-lettered'].includes(json.outcome)) note(`\n${printable(line)}`);
  }

  private show(): void {
    this.bar?.update({ words: totalsLine(this.totals) });
  }
}

function labelsOf({ source, contentType, externalId, url, kind, publishedAt }: IngestFlags): Labels {
  return { source, contentType, externalId, url, kind, publishedAt };
}

function weigh(parcel: Parcel): number {
  if ('refusal' in parcel) return 0;
  if ('lines' in parcel) return parcel.lines.reduce((sum, line) => sum + line.length, 0);
  return parcel.submission.bodyBase64?.length ?? 0;
}
