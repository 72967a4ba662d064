import { useInfiniteQuery } from '@tanstack/react-query';
import type { Redrive } from '@wireroom/contracts';
import { Link, useLocation } from 'wouter';
import { call } from '../../api/call.js';
import { useUrlState } from '../../app/url-state.js';
import { ActButton } from '../../parts/act.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Icon } from '../../parts/icon.js';
import { Pages } from '../../parts/more.js';
import { Page, Panel } from '../../parts/page.js';
import { Empty } from '../../parts/states.js';
import { When, Words } from '../../parts/words.js';
import { count } from '../../text/numbers.js';
import { RedriveProgress } from './progress.js';
import { RedriveStateMark, choiceWords } from './redrive-words.js';
import css from './redrives.module.css';
import { StartDialog } from './start-dialog.js';

const DEFAULTS = { start: '', stage: '', code: '', source: '', state: '' };

export default function RedrivesView() {
  const [state, change] = useUrlState(DEFAULTS);
  const [, navigate] = useLocation();
  const redrives = useInfiniteQuery({
    queryKey: ['redrive-list'],
    queryFn: ({ pageParam, signal }) => call('redrives', { request: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 3000,
  });
  return (
    <Page
      title="Redrives"
      lead="Dead letters sent back in bulk: first a few, then more, never faster than the cap, and each followed to its end."
      actions={
        <ActButton route="startRedrive" leftSection={<Icon name="play" />} onClick={() => change({ start: '1' })}>
          Start a redrive
        </ActButton>
      }
    >
      <Panel flush>
        <Pages of={redrives}>
          {(pages) => (
            <DataTable
              label="Redrives"
              columns={COLUMNS}
              rows={pages.flatMap((page) => page.items)}
              idOf={({ id }) => id}
              hrefOf={({ id }) => `/redrives/${id}`}
              toneOf={({ state: one }) => (one === 'held' ? 'warn' : undefined)}
              empty={<Empty title="No redrive yet">Choose a group under Failures, or start one here.</Empty>}
            />
          )}
        </Pages>
      </Panel>
      {state.start === '1' && (
        <StartDialog
          initial={state}
          onClose={() => change(DEFAULTS)}
          onStarted={({ id }) => navigate(`/redrives/${id}`)}
        />
      )}
    </Page>
  );
}

const COLUMNS: Column<Redrive>[] = [
  {
    id: 'what',
    header: 'What',
    leads: true,
    grows: true,
    cell: (redrive) => (
      <Link href={`/redrives/${redrive.id}`} className={css.what}>
        <span>{choiceWords(redrive.filter)}</span>
        <span className={css.reason}>
          <Words>{redrive.reason}</Words>
        </span>
      </Link>
    ),
  },
  { id: 'state', header: 'State', cell: ({ state }) => <RedriveStateMark of={state} /> },
  { id: 'progress', header: 'Progress', cell: (redrive) => <RedriveProgress of={redrive} small /> },
  { id: 'total', header: 'Items', align: 'end', cell: ({ total }) => count(total) },
  { id: 'by', header: 'By', cell: ({ by }) => <bdi>{by}</bdi> },
  { id: 'started', header: 'Started', align: 'end', cell: ({ startedAt }) => <When at={startedAt} /> },
];
