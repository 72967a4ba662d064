import type { FetchView, SourceView, TestedItem } from '@wireroom/contracts';
import { table } from '../../table.js';
import { colours, shorten } from '../../terminal.js';

/** One word for how a source is. */
export function sourceState({ paused, errorStreak, circuit }: SourceView): string {
  if (paused) return colours.yellow('paused');
  if (circuit !== 'closed') return colours.red(circuit);
  return errorStreak > 0 ? colours.yellow('failing') : colours.green('ok');
}

/** How long ago, in one unit; `never` where it never was. */
export function ago(time: string | undefined, now = Date.now()): string {
  if (time === undefined) return 'never';
  const seconds = Math.max(0, Math.round((now - Date.parse(time)) / 1000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

/** Fetches with what was found in each. */
export function fetchTable(fetches: FetchView[]): string {
  const rows = fetches.map((fetch) => [
    fetch.at,
    fetch.purpose,
    outcomeOf(fetch),
    fetch.status === undefined ? '' : String(fetch.status),
    String(fetch.bytes),
    `${fetch.tookMs} ms`,
    ...[fetch.found, fetch.added, fetch.changed, fetch.retracted, fetch.duplicate, fetch.rejected].map(String),
    shorten(fetch.url, 60),
  ]);
  const headings = ['at', 'what', 'outcome', 'status', 'bytes', 'took'];
  const counts = ['found', 'new', 'changed', 'retracted', 'duplicate', 'rejected'];
  return table([...headings, ...counts, 'address'], rows, [4, 5, 6, 7, 8, 9, 10, 11]);
}

/** Why items were rejected, one line for each reason. */
export function rejectionLines(fetches: FetchView[]): string[] {
  return fetches.flatMap(({ at, rejections }) =>
    rejections.map(({ code, count, example }) => `${at}  ${count} × ${colours.red(code)}  ${shorten(example, 120)}`),
  );
}

/** What a source would bring. */
export function testedTable(items: TestedItem[]): string {
  const rows = items.map(({ outcome, code, kind, publishedAt, label, url }) => [
    outcome === 'rejected' ? colours.red(`rejected (${code})`) : outcome,
    kind ?? '',
    publishedAt ?? '',
    shorten(label, 70),
    shorten(url ?? '', 60),
  ]);
  return table(['outcome', 'kind', 'published', 'item', 'address'], rows);
}

function outcomeOf({ outcome, code }: FetchView): string {
  const words = code === undefined ? outcome : `${outcome} (${code})`;
  return outcome === 'fetched' || outcome === 'not-modified' ? words : colours.red(words);
}
