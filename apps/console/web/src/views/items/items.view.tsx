import { useInfiniteQuery } from '@tanstack/react-query';
import type { ItemPage, ItemRow, ListItemsRequest } from '@wireroom/contracts';
import { useCallback } from 'react';
import { Link } from 'wouter';
import { call } from '../../api/call.js';
import { linkTo, useUrlState } from '../../app/url-state.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Choice, Filters, PeriodPicker, Typed, useOpenPeriod } from '../../parts/filters.js';
import { Pages } from '../../parts/more.js';
import { Page, Panel } from '../../parts/page.js';
import { Empty } from '../../parts/states.js';
import { Code, Headline, Outcome, Stage, When } from '../../parts/words.js';
import { OUTCOMES, STAGES } from '../../text/names.js';
import { counted } from '../../text/numbers.js';
import { duration } from '../../text/times.js';
import css from './items.module.css';

const DEFAULTS = { q: '', window: '', from: '', to: '', source: '', outcome: '', stage: '', code: '' };
const PAGE_SIZE = 50;

const SEARCHED_AS: Record<NonNullable<ItemPage['searchedAs']>, string> = {
  'content-id': 'read as a content id',
  'trace-id': 'read as a trace id',
  address: 'read as an address',
  'words-or-id': 'read as words of a headline, or the source’s own id',
};

export default function ItemsView() {
  const [state, change] = useUrlState(DEFAULTS);
  const window = windowOf(state);
  const period = useOpenPeriod({ ...state, window });
  const request = requestOf(state, period);
  const items = useInfiniteQuery({
    queryKey: ['items', request],
    queryFn: ({ pageParam, signal }) =>
      call('listItems', { request: { ...request, limit: PAGE_SIZE, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 5000,
  });
  const set = {
    q: useCallback((q: string) => change({ q }), [change]),
    source: useCallback((source: string) => change({ source }), [change]),
    code: useCallback((code: string) => change({ code }), [change]),
  };
  return (
    <Page title="Items" lead="Every revision that was accepted, and how it ended.">
      <Filters>
        <Typed grows label="Search" value={state.q} onChange={set.q} placeholder="id, address, headline, trace id" />
        <Choice label="Outcome" value={state.outcome} options={OUTCOMES} onChange={(outcome) => change({ outcome })} />
        <Choice label="Stage" value={state.stage} options={STAGES} onChange={(stage) => change({ stage })} />
        <Typed label="Source" value={state.source} onChange={set.source} placeholder="all" />
        <Typed label="Code" value={state.code} onChange={set.code} placeholder="all" />
      </Filters>
      <PeriodPicker all state={{ ...state, window }} onChange={change} />
      <Panel flush>
        <Pages of={items}>
          {(pages) => (
            <>
              <Summary of={pages[0]!} />
              <DataTable
                label="Items"
                columns={COLUMNS}
                rows={pages.flatMap((page) => page.items)}
                idOf={(row) => `${row.contentId}/${row.revision}`}
                hrefOf={hrefOf}
                toneOf={(row) => (row.outcome === 'dead-lettered' || row.outcome === 'unaccepted' ? 'bad' : undefined)}
                empty={
                  <Empty title="No item matches">
                    Widen the period or leave out a filter. Only whole words of a headline are found.
                  </Empty>
                }
              />
            </>
          )}
        </Pages>
      </Panel>
    </Page>
  );
}

/** A search looks through all of time unless it is told otherwise. */
function windowOf({ window, q, from, to }: typeof DEFAULTS): string {
  if (window !== '') return window;
  if (from !== '' || to !== '') return 'own';
  return q === '' ? '24h' : 'all';
}

function requestOf(state: typeof DEFAULTS, period: { from?: string; to?: string }): ListItemsRequest {
  const { q, source, outcome, stage, code } = state;
  const given = Object.entries({ q, source, outcome, stage, code, ...period }).filter(([, value]) => value);
  return Object.fromEntries(given);
}

function Summary({ of }: { of: ItemPage }) {
  const words = [
    of.total === undefined ? undefined : counted(of.total, 'revision'),
    of.searchedAs === undefined ? undefined : SEARCHED_AS[of.searchedAs],
  ].filter((word) => word !== undefined);
  if (words.length === 0) return null;
  return (
    <p className={css.summary} role="status">
      {words.join(', ')}
    </p>
  );
}

function hrefOf({ contentId, revision }: ItemRow): string {
  return linkTo(`/items/${contentId}`, { revision });
}

/** From the door to the readers, milliseconds; absent while on its way. */
function wayMs({ acceptedAt, publishedAt }: ItemRow): number | undefined {
  if (acceptedAt === undefined || publishedAt === undefined) return undefined;
  return Date.parse(publishedAt) - Date.parse(acceptedAt);
}

const COLUMNS: Column<ItemRow>[] = [
  {
    id: 'title',
    header: 'Headline',
    leads: true,
    grows: true,
    cell: (row) => (
      <Link href={hrefOf(row)}>
        <Headline>{row.title}</Headline>
        {row.revision > 1 || row.kind !== 'original' ? (
          <span className={css.revision}>
            {row.kind}, revision {row.revision}
          </span>
        ) : null}
      </Link>
    ),
  },
  { id: 'source', header: 'Source', cell: (row) => <bdi>{row.source}</bdi> },
  { id: 'outcome', header: 'Outcome', cell: (row) => <Outcome of={row.outcome} /> },
  {
    id: 'stage',
    header: 'Where',
    cell: (row) => (
      <>
        <Stage name={row.stage} />
        {row.code !== undefined && (
          <div>
            <Code>{row.code}</Code>
          </div>
        )}
      </>
    ),
  },
  { id: 'accepted', header: 'Accepted', align: 'end', cell: (row) => <When at={row.acceptedAt} /> },
  { id: 'way', header: 'Took', align: 'end', cell: (row) => duration(wayMs(row)) },
];
