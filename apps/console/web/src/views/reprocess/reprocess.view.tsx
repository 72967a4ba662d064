import { useQuery } from '@tanstack/react-query';
import type { ReprocessAnswer } from '@wireroom/contracts';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { useUrlState } from '../../app/url-state.js';
import { ActButton, ActDialog } from '../../parts/act.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Icon } from '../../parts/icon.js';
import { Page, Panel } from '../../parts/page.js';
import { Answer, Empty } from '../../parts/states.js';
import { Mark, When, Words } from '../../parts/words.js';
import { count, rate } from '../../text/numbers.js';
import { ReprocessDialog } from './reprocess-dialog.js';

const DEFAULTS = { start: '', source: '', code: '' };
const KEY = ['reprocess'];

export default function ReprocessView() {
  const [state, change] = useUrlState(DEFAULTS);
  const [stopping, setStopping] = useState<ReprocessAnswer | undefined>();
  const runs = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call('reprocessings', { signal }),
    refetchInterval: ({ state: { data } }) => (data?.jobs.some((job) => job.state === 'running') ? 1500 : 15_000),
  });
  const close = (): void => {
    change(DEFAULTS);
    setStopping(undefined);
    void runs.refetch();
  };
  return (
    <Page
      title="Reprocess"
      lead="After a step got better: run it again over what is stored, at a rate of its own. What comes out different goes on to readers as a new processing."
      actions={
        <ActButton route="startReprocess" leftSection={<Icon name="play" />} onClick={() => change({ start: '1' })}>
          Choose and preview
        </ActButton>
      }
    >
      <Panel flush>
        <Answer of={runs} lines={6}>
          {({ jobs }) => (
            <DataTable
              label="Reprocessings"
              columns={columns(setStopping)}
              rows={jobs}
              idOf={({ id }) => id}
              toneOf={({ state: one }) => (one === 'failed' ? 'bad' : undefined)}
              empty={
                <Empty title="Nothing was processed again yet">
                  A preview shows what would change before anything is stored.
                </Empty>
              }
            />
          )}
        </Answer>
      </Panel>
      {state.start === '1' && <ReprocessDialog initial={state} onClose={() => change(DEFAULTS)} onStarted={close} />}
      {stopping && (
        <ActDialog
          title="Stop the reprocessing"
          isOpen
          reason="none"
          onClose={() => setStopping(undefined)}
          confirm="Stop"
          act={({ requestId }) => call('stopReprocess', { params: { id: stopping.id }, request: { requestId } })}
          onDone={close}
        >
          What it did so far stays; the other items stay as they are.
        </ActDialog>
      )}
    </Page>
  );
}

const TONES = { running: 'busy', stopped: 'plain', done: 'good', failed: 'bad' } as const;

function columns(onStop: (job: ReprocessAnswer) => void): Column<ReprocessAnswer>[] {
  return [
    {
      id: 'steps',
      header: 'Steps and items',
      leads: true,
      grows: true,
      cell: ({ steps, filter, error, dryRun }) => (
        <>
          <b>{steps.join(', ')}</b> {dryRun && '(counted only)'}
          <div>
            <Words>{filterWords(filter)}</Words>
          </div>
          {error !== undefined && <Words>{error}</Words>}
        </>
      ),
    },
    { id: 'state', header: 'State', cell: ({ state }) => <Mark tone={TONES[state]}>{state}</Mark> },
    { id: 'seen', header: 'Seen', align: 'end', cell: ({ seen }) => count(seen) },
    { id: 'changed', header: 'Changed', align: 'end', cell: ({ changed }) => count(changed) },
    { id: 'unchanged', header: 'The same', align: 'end', cell: ({ unchanged }) => count(unchanged) },
    { id: 'failed', header: 'Failed', align: 'end', cell: ({ failed }) => count(failed) },
    { id: 'rate', header: 'At most', align: 'end', cell: (job) => `${rate(job.rate)} /s` },
    { id: 'started', header: 'Started', align: 'end', cell: ({ startedAt }) => <When at={startedAt} /> },
    {
      id: 'stop',
      header: '',
      cell: (job) =>
        job.state === 'running' ? (
          <ActButton route="stopReprocess" variant="default" onClick={() => onStop(job)}>
            Stop
          </ActButton>
        ) : null,
    },
  ];
}

function filterWords(filter: ReprocessAnswer['filter']): string {
  const parts = Object.entries(filter).map(([name, value]) => `${name} ${value}`);
  return parts.length === 0 ? 'all items' : parts.join(', ');
}
