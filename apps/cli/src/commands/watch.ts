import { type ArticleView, PUBLISHING_ROUTES } from '@wireroom/contracts';
import type { Command } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import { findAddresses } from '../clients.js';
import { CliError, EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { type ServerEvent, readEvents } from '../read-events.js';
import { colours, note, shorten, writeLine } from '../terminal.js';
import { FINDING_HELP, dirOption, positiveInteger } from './common.js';

interface WatchFlags {
  dir: string;
  json?: boolean;
  count?: number;
  from?: string;
  giveUp: number;
}

/** Where the stream was left, to come back to. */
interface Place {
  lastEventId?: string;
  retryMs: number;
}

const FIRST_RETRY_MS = 2000;
const EVENT_WIDTH = 10;

export function registerWatch(program: Command): void {
  program
    .command('watch')
    .summary('print releases as they happen')
    .description(
      'Follows the stream of releases and prints each. After a break it goes on where it was and misses none.',
    )
    .addOption(dirOption())
    .option('--json', 'print each release as a line of JSON, with its event id')
    .option('--count <n>', 'stop after so many releases', positiveInteger)
    .option('--from <event-id>', 'start after this event instead of now')
    .option('--give-up <seconds>', 'stop when the stream stays away this long', positiveInteger, 60)
    .addHelpText(
      'after',
      `${FINDING_HELP}

Examples:
  $ wireroom watch
  $ wireroom watch --json | jq -r '.release.article.title'
  $ wireroom watch --count 1
${EXIT_CODES_HELP}`,
    )
    .action(watch);
}

async function watch(flags: WatchFlags): Promise<void> {
  const { urls } = await findAddresses(flags.dir);
  const url = new URL(PUBLISHING_ROUTES.stream.path, urls.publishing);
  const place: Place = { lastEventId: flags.from, retryMs: FIRST_RETRY_MS };
  let seen = 0;
  let awaySince: number | undefined;

  while (true) {
    try {
      for await (const event of openStream(url, place)) {
        if (awaySince !== undefined) note('the stream is back');
        awaySince = undefined;
        if (event.event === 'open') continue;
        await print(event, flags);
        if (++seen === flags.count) return;
      }
    } catch (error) {
      if (error instanceof CliError) throw error;
    }
    if (awaySince === undefined) note(`the stream at ${url.origin} broke off; trying again`);
    awaySince ??= Date.now();
    if (Date.now() - awaySince > flags.giveUp * 1000) {
      throw new CliError(EXIT.unreachable, `the stream at ${url.origin} does not come back`);
    }
    await sleep(place.retryMs);
  }
}

/** Reads on from the place, and moves it along with what was read. */
async function* openStream(url: URL, place: Place): AsyncGenerator<ServerEvent> {
  const response = await fetch(url, {
    headers: {
      accept: PUBLISHING_ROUTES.stream.produces ?? '',
      ...(place.lastEventId === undefined ? {} : { 'last-event-id': place.lastEventId }),
    },
  });
  if (response.status >= 400 && response.status < 500) {
    throw new CliError(EXIT.failed, `the stream refuses: ${response.status} ${(await response.text()).slice(0, 200)}`);
  }
  if (!response.ok || !response.body) return;
  for await (const event of readEvents(response.body, (milliseconds) => (place.retryMs = milliseconds))) {
    place.lastEventId = event.id ?? place.lastEventId;
    yield event;
  }
}

async function print({ event, id, data }: ServerEvent, { json }: WatchFlags): Promise<void> {
  const release = JSON.parse(data) as ArticleView;
  if (json) {
    await writeLine(JSON.stringify({ event, id, release }));
    return;
  }
  const { releasedAt, source, revision, article, enrichment } = release;
  const colour = event === 'retracted' ? colours.red : event === 'corrected' ? colours.yellow : colours.green;
  const language = enrichment?.language?.code ?? '';
  const title = article?.title ?? colours.dim(release.id);
  const what = revision > 1 ? ` (revision ${revision})` : '';
  await writeLine(
    `${colours.dim(releasedAt)} ${colour(event.padEnd(EVENT_WIDTH))} ${shorten(source, 24).padEnd(24)} ${language.padEnd(3)} ${shorten(title, 100)}${what}`,
  );
}
