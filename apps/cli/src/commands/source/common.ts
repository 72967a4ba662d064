import { CallFailed, FEED_TEXTS, IngestClient, SOURCE_KINDS, type SourceSpec, TAKEN_FILES } from '@wireroom/contracts';
import { type Command, Option } from 'commander';
import { resolve } from 'node:path';
import { callFailure, findAddresses } from '../../clients.js';
import { CliError, EXIT } from '../../exit-codes.js';
import { dirOption, positiveInteger } from '../common.js';

/** Where the running system is, and how to print. */
export interface SourceFlags {
  dir: string;
  json?: boolean;
}

/** Flags of the commands that say what a source is. */
export interface SpecFlags extends SourceFlags {
  kind?: SourceSpec['kind'];
  publisher?: string;
  every?: number;
  atLeast?: number;
  atMost?: number;
  text?: SourceSpec['text'];
  maxAge?: number;
  watch?: boolean;
  watchHours?: number;
  taken?: SourceSpec['takenFiles'];
  ignoreRobots?: string;
}

/** A test polls a source while the caller waits. */
const DEADLINE_MS = 90_000;

/** Asks ingest. @throws CliError in one sentence, with the fields at fault where there are any */
export async function askIngest<T>({ dir }: SourceFlags, ask: (client: IngestClient) => Promise<T>): Promise<T> {
  const { urls, opsToken } = await findAddresses(dir);
  const client = new IngestClient(urls.ingest, { token: opsToken, deadlineMs: DEADLINE_MS });
  return ask(client).catch((error: unknown) => {
    throw error instanceof CallFailed ? sourceFailure(error) : error;
  });
}

/** The options that say what a source is. */
export function addSpecOptions(command: Command): Command {
  return command
    .addOption(new Option('--kind <kind>', 'what it is; by its address where that tells').choices([...SOURCE_KINDS]))
    .option('--publisher <name>', 'whose news it is; sources of one publisher share their items')
    .option(
      '--every <seconds>',
      'a fixed interval; by default it follows how often the source changes',
      positiveInteger,
    )
    .option('--at-least <seconds>', 'shortest interval when it adapts', positiveInteger)
    .option('--at-most <seconds>', 'longest interval when it adapts', positiveInteger)
    .addOption(
      new Option('--text <from>', 'of a feed: take the text from the feed or the page').choices([...FEED_TEXTS]),
    )
    .option('--max-age <days>', 'of a feed or sitemap: pass over older entries', positiveInteger)
    .option('--watch', 'look at the items’ pages again: changes are updates, removals retractions')
    .option('--watch-hours <hours>', 'for how long', positiveInteger)
    .addOption(
      new Option('--taken <what>', 'of a folder: move or keep the files that were taken').choices([...TAKEN_FILES]),
    )
    .option('--ignore-robots <reason>', 'don’t ask robots.txt; say when and how the publisher agreed');
}

/** Options that all commands have. */
export function addCommon(command: Command): Command {
  return command.addOption(dirOption()).option('--json', 'print JSON');
}

/** What the command line declares. @throws CliError where the kind can't be told */
export function specOf(name: string, address: string, flags: SpecFlags): SourceSpec {
  const kind = flags.kind ?? kindByAddress(address);
  if (kind === undefined) throw new CliError(EXIT.usage, `say what ${address} is: --kind ${SOURCE_KINDS.join('|')}`);
  const spec: SourceSpec = {
    name,
    kind,
    address: isWeb(address) ? address : resolve(address),
    publisher: flags.publisher,
    intervalSeconds: flags.every,
    minIntervalSeconds: flags.atLeast,
    maxIntervalSeconds: flags.atMost,
    text: flags.text,
    maxAgeDays: flags.maxAge,
    watchPages: flags.watch,
    watchHours: flags.watchHours,
    takenFiles: flags.taken,
    ignoreRobots: flags.ignoreRobots,
  };
  return spec;
}

export function isWeb(address: string): boolean {
  return /^https?:\/\//i.test(address);
}

function kindByAddress(address: string): SourceSpec['kind'] | undefined {
  if (/\.warc(\.gz)?$/i.test(address)) return 'warc';
  if (!isWeb(address)) return 'folder';
  const path = URL.canParse(address) ? new URL(address).pathname : '';
  if (/sitemap[^/]*\.(xml|txt)(\.gz)?$/i.test(path)) return 'sitemap';
  if (/\.(rss|atom|rdf)$|(^|\/)(feed|rss|atom)(\.(xml|json))?\/?$/i.test(path)) return 'feed';
  return undefined;
}

function sourceFailure(error: CallFailed): CliError {
  const told = error.faults.map(({ field, reason }) => `${field}: ${reason}`);
  if (told.length === 0) return callFailure(error);
  return new CliError(EXIT.usage, told.join('; '), { cause: error });
}
