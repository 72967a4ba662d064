import { useInfiniteQuery } from '@tanstack/react-query';
import type { ListSourcesRequest, SourceView } from '@wireroom/contracts';
import { Link, useLocation } from 'wouter';
import { call } from '../../api/call.js';
import { useUrlState } from '../../app/url-state.js';
import { ActButton } from '../../parts/act.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Choice, Filters } from '../../parts/filters.js';
import { Pages } from '../../parts/more.js';
import { Page, Panel } from '../../parts/page.js';
import { Empty } from '../../parts/states.js';
import { Code, When, Words } from '../../parts/words.js';
import { SOURCE_KINDS, SOURCE_STATES } from '../../text/names.js';
import { count } from '../../text/numbers.js';
import { duration } from '../../text/times.js';
import { SourceDialog } from './source-dialog.js';
import { SourceHealth } from './source-health.js';
import css from './sources.module.css';

const DEFAULTS = { kind: '', state: '', declare: '' };

export default function SourcesView() {
  const [{ declare, ...state }, change] = useUrlState(DEFAULTS);
  const [, navigate] = useLocation();
  const request: ListSourcesRequest = Object.fromEntries(Object.entries(state).filter(([, value]) => value !== ''));
  const sources = useInfiniteQuery({
    queryKey: ['sources', request],
    queryFn: ({ pageParam, signal }) =>
      call('sources', { request: { ...request, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 10_000,
  });
  return (
    <Page
      title="Sources"
      lead="What news is taken in from: when each was asked last, what it brought, and when it is asked next."
      actions={
        <ActButton route="declareSource" onClick={() => change({ declare: '1' })}>
          Declare a source
        </ActButton>
      }
    >
      <Filters>
        <Choice label="Kind" value={state.kind} options={SOURCE_KINDS} onChange={(kind) => change({ kind })} />
        <Choice label="State" value={state.state} options={SOURCE_STATES} onChange={(one) => change({ state: one })} />
      </Filters>
      <Panel flush>
        <Pages of={sources}>
          {(pages) => (
            <DataTable
              label="Sources"
              columns={COLUMNS}
              rows={pages.flatMap((page) => page.items)}
              idOf={({ spec }) => spec.name}
              hrefOf={hrefOf}
              toneOf={({ circuit, errorStreak }) => (circuit === 'open' ? 'bad' : errorStreak > 0 ? 'warn' : undefined)}
              empty={
                <Empty title="No source">
                  Declare one here or with <code>wireroom source add</code>; producers who hand in by HTTP or topic need
                  none.
                </Empty>
              }
            />
          )}
        </Pages>
      </Panel>
      {declare === '1' && (
        <SourceDialog onClose={() => change({ declare: '' })} onDone={(source) => navigate(hrefOf(source))} />
      )}
    </Page>
  );
}

function hrefOf({ spec }: SourceView): string {
  return `/sources/${encodeURIComponent(spec.name)}`;
}

const COLUMNS: Column<SourceView>[] = [
  {
    id: 'name',
    header: 'Source',
    leads: true,
    grows: true,
    sortBy: ({ spec }) => spec.name,
    cell: (source) => (
      <Link href={hrefOf(source)} className={css.name}>
        <b>
          <bdi>{source.spec.name}</bdi>
        </b>
        <span className={css.address}>
          <Words limit={120}>{source.spec.address}</Words>
        </span>
      </Link>
    ),
  },
  { id: 'kind', header: 'Kind', sortBy: ({ spec }) => spec.kind, cell: ({ spec }) => spec.kind },
  { id: 'health', header: 'Health', cell: (source) => <SourceHealth of={source} /> },
  {
    id: 'error',
    header: 'Last error',
    cell: ({ lastError, errorStreak }) =>
      lastError === undefined || errorStreak === 0 ? '–' : <Code>{lastError.code}</Code>,
  },
  {
    id: 'item',
    header: 'Last item',
    align: 'end',
    sortBy: ({ lastItemAt }) => lastItemAt,
    cell: ({ lastItemAt }) => <When at={lastItemAt} as="ago" />,
  },
  { id: 'fetch', header: 'Last asked', align: 'end', cell: ({ lastFetchAt }) => <When at={lastFetchAt} as="ago" /> },
  { id: 'next', header: 'Next', align: 'end', cell: ({ nextDueAt }) => <When at={nextDueAt} as="ago" /> },
  { id: 'every', header: 'Every', align: 'end', cell: ({ intervalSeconds }) => duration(intervalSeconds * 1000) },
  {
    id: 'added',
    header: 'New items',
    align: 'end',
    sortBy: ({ totals }) => totals.added,
    cell: ({ totals }) => count(totals.added),
  },
];
