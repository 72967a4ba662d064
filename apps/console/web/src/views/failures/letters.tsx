import { Button } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { DeadLetterChoice, DeadLetterSummary } from '@wireroom/contracts';
import { useState } from 'react';
import { Link } from 'wouter';
import { call } from '../../api/call.js';
import { linkTo } from '../../app/url-state.js';
import { ActButton } from '../../parts/act.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Icon } from '../../parts/icon.js';
import { Pages } from '../../parts/more.js';
import { Panel } from '../../parts/page.js';
import { PlaceLink } from '../../parts/place-link.js';
import { Empty } from '../../parts/states.js';
import { Code, Stage, When, Words } from '../../parts/words.js';
import { bytes, counted } from '../../text/numbers.js';
import { LetterState } from './letter-state.js';
import css from './failures.module.css';
import { type FailurePartProps, failuresRequest } from './filter.js';
import { LettersDialog, type LettersChoice } from './letters-dialog.js';

const PAGE_SIZE = 100;

/** The dead letters of a group, or all that the filters leave, with what can be done about them. */
export function Letters({ state, period }: FailurePartProps) {
  const queryClient = useQueryClient();
  const request = failuresRequest(state, period);
  const [selected, setSelected] = useState<Set<string>>(new Set());
  const [dialog, setDialog] = useState<'replay' | 'discard' | undefined>();
  const letters = useInfiniteQuery({
    queryKey: ['dead-letters', request],
    queryFn: ({ pageParam, signal }) =>
      call('deadLetters', { request: { ...request, limit: PAGE_SIZE, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 10_000,
  });
  const onDone = (): void => {
    setDialog(undefined);
    setSelected(new Set());
    void queryClient.invalidateQueries({ queryKey: ['dead-letters'] });
    void queryClient.invalidateQueries({ queryKey: ['failures'] });
  };
  return (
    <Panel flush>
      <Pages of={letters}>
        {(pages) => {
          const rows = pages.flatMap((page) => page.items);
          const chosen = rows.filter((row) => selected.has(keyOf(row)));
          const choice = choiceOf(chosen, state);
          return (
            <>
              <div className={css.bar}>
                <span className={css.count} role="status">
                  {chosen.length > 0
                    ? `${counted(chosen.length, 'dead letter')} selected`
                    : counted(pages[0]?.total ?? 0, 'dead letter')}
                </span>
                <ActButton
                  route="replayDeadLetters"
                  leftSection={<Icon name="redrives" />}
                  notNow={choice.obstacle}
                  onClick={() => setDialog('replay')}
                >
                  Replay
                </ActButton>
                <ActButton
                  route="discardDeadLetters"
                  variant="default"
                  leftSection={<Icon name="discard" />}
                  notNow={choice.obstacle}
                  onClick={() => setDialog('discard')}
                >
                  Discard
                </ActButton>
                <Button
                  component={Link}
                  href={redriveLink(state)}
                  variant="default"
                  leftSection={<Icon name="right" />}
                >
                  Redrive these
                </Button>
              </div>
              <DataTable
                label="Dead letters"
                columns={COLUMNS}
                rows={rows}
                idOf={keyOf}
                hrefOf={hrefOf}
                selection={{ selected, onSelect: setSelected }}
                empty={<Empty title="No dead letter matches">Nothing here waits to be mended.</Empty>}
              />
              {dialog !== undefined && choice.what !== undefined && (
                <LettersDialog
                  action={dialog}
                  what={choice.what}
                  onClose={() => setDialog(undefined)}
                  onDone={onDone}
                />
              )}
            </>
          );
        }}
      </Pages>
    </Panel>
  );
}

/** What an action would take: the selected ones, or else all of the group that the filters name. */
function choiceOf(
  chosen: DeadLetterSummary[],
  state: FailurePartProps['state'],
): { what?: LettersChoice; obstacle?: string } {
  if (chosen.length > 0) {
    const stage = chosen[0]!.stage;
    if (chosen.some((one) => one.stage !== stage)) {
      return { obstacle: 'The selected dead letters are of several stages; an action takes those of one.' };
    }
    return { what: { stage, ids: chosen.map(({ id }) => id) } };
  }
  if (state.stage === '') return { obstacle: 'Select some, or filter by a stage to act on all of its group.' };
  if (state.state !== 'waiting' && state.state !== 'open' && state.state !== 'parked')
    return { obstacle: 'Only open and parked dead letters can be acted on.' };
  const filter: DeadLetterChoice = {
    ...(state.code === '' ? {} : { code: state.code }),
    ...(state.source === '' ? {} : { source: state.source }),
    state: state.state,
  };
  return { what: { stage: state.stage, filter } };
}

function redriveLink({ stage, code, source, state }: FailurePartProps['state']): string {
  return linkTo('/redrives', {
    start: '1',
    stage,
    code,
    source,
    state: state === 'parked' || state === 'waiting' ? state : undefined,
  });
}

function keyOf({ stage, id }: DeadLetterSummary): string {
  return `${stage}/${id}`;
}

function hrefOf({ stage, id }: DeadLetterSummary): string {
  return `/failures/${stage}/${encodeURIComponent(id)}`;
}

const COLUMNS: Column<DeadLetterSummary>[] = [
  {
    id: 'code',
    header: 'What failed',
    leads: true,
    grows: true,
    cell: (row) => (
      <Link href={hrefOf(row)} className={css.group}>
        <Code>{row.code}</Code>
        <span className={css.detail}>
          <Words limit={220}>{row.detail}</Words>
        </span>
      </Link>
    ),
  },
  { id: 'state', header: 'State', cell: ({ state }) => <LetterState of={state} /> },
  {
    id: 'stage',
    header: 'Stage, source',
    cell: ({ stage, source }) => (
      <>
        <Stage name={stage} />
        <div>
          <Words limit={24}>{source}</Words>
        </div>
      </>
    ),
  },
  { id: 'place', header: 'From', cell: ({ place }) => <PlaceLink of={place} /> },
  { id: 'size', header: 'Size', align: 'end', cell: ({ valueBytes }) => bytes(valueBytes) },
  { id: 'replays', header: 'Replays', align: 'end', cell: ({ replays }) => replays },
  { id: 'last', header: 'Last failed', align: 'end', cell: ({ lastFailedAt }) => <When at={lastFailedAt} as="ago" /> },
];
