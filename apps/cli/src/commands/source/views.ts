import type { FetchView, SourceView, TestedFetch, TestedItem } from '@wireroom/contracts';
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

const FETCH_HEADINGS = ['at', 'what', 'outcome', 'status', 'bytes', 'took'];
const COUNT_HEADINGS = ['found', 'new', 'changed', 'retracted', 'duplicate', 'rejected'];

/** Fetches with what was found in each. */
export function fetchTable(fetches: FetchView[]): string {
  const rows = fetches.map((fetch) => {
    const { found, added, changed, retracted, duplicate, rejected } = fetch;
    const counts = [found, added, changed, retracted, duplicate, rejected];
    return [...fetchCells(fetch), ...counts.map(String), addressOf(fetch)];
  });
  return table([...FETCH_HEADINGS, ...COUNT_HEADINGS, 'address'], rows, [4, 5, 6, 7, 8, 9, 10, 11]);
}

/** Fetches of a test, which counts nothing: its items are listed one by one. */
export function testedFetchTable(fetches: TestedFetch[]): string {
  const rows = fetches.map((fetch) => [...fetchCells(fetch), addressOf(fetch)]);
  return table([...FETCH_HEADINGS, 'address'], rows, [4, 5]);
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

function fetchCells(fetch: TestedFetch): string[] {
  const { at, purpose, status = '', bytes, tookMs } = fetch;
  return [at, purpose, outcomeOf(fetch), String(status), String(bytes), `${tookMs} ms`];
}

function addressOf({ url }: TestedFetch): string {
  return shorten(url, 60);
}

function outcomeOf({ outcome, code }: TestedFetch): string {
  const words = code === undefined ? outcome : `${outcome} (${code})`;
  return outcome === 'fetched' || outcome === 'not-modified' ? words : colours.red(words);
}
