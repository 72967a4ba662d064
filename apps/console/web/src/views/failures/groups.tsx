import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { DeadLetterCounts, FailureGroup } from '@wireroom/contracts';
import { Link } from 'wouter';
import { call } from '../../api/call.js';
import { linkTo } from '../../app/url-state.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Panel } from '../../parts/page.js';
import { Answer, Empty } from '../../parts/states.js';
import { Code, Stage, When, Words } from '../../parts/words.js';
import { count } from '../../text/numbers.js';
import { type FailurePartProps, failuresRequest } from './filter.js';
import css from './failures.module.css';

/** Dead letters of one stage and source that failed with one code, the newest failure first. */
export function Groups({ state, period }: FailurePartProps) {
  const request = failuresRequest(state, period);
  const failures = useQuery({
    queryKey: ['failures', request],
    queryFn: ({ signal }) => call('failures', { request, signal }),
    refetchInterval: 10_000,
    placeholderData: keepPreviousData,
  });
  return (
    <Panel flush>
      <Answer of={failures} lines={8}>
        {({ groups }) => (
          <DataTable
            label="Failure groups"
            columns={COLUMNS}
            rows={groups}
            idOf={(group) => `${group.stage} ${group.code} ${group.source ?? ''}`}
            hrefOf={hrefOf}
            toneOf={(group) => (isWaiting(group) ? 'bad' : undefined)}
            empty={<Empty title="No failures">Nothing waits to be mended.</Empty>}
          />
        )}
      </Answer>
    </Panel>
  );
}

function isWaiting({ counts }: FailureGroup): boolean {
  return counts.open + counts.parked > 0;
}

function hrefOf({ stage, code, source }: FailureGroup): string {
  return linkTo('/failures', { tab: 'letters', stage, code, source });
}

function counter(key: keyof DeadLetterCounts, header: string): Column<FailureGroup> {
  return {
    id: key,
    header,
    align: 'end',
    sortBy: ({ counts }) => counts[key],
    cell: ({ counts }) => (
      <span data-zero={counts[key] === 0 || undefined} className={css.counter}>
        {count(counts[key])}
      </span>
    ),
  };
}

const COLUMNS: Column<FailureGroup>[] = [
  {
    id: 'code',
    header: 'What failed',
    leads: true,
    grows: true,
    sortBy: ({ code }) => code,
    cell: (group) => (
      <Link href={hrefOf(group)} className={css.group}>
        <Code>{group.code}</Code>
        <span className={css.detail}>
          <Words limit={220}>{group.newestDetail}</Words>
        </span>
      </Link>
    ),
  },
  { id: 'stage', header: 'Stage', sortBy: ({ stage }) => stage, cell: ({ stage }) => <Stage name={stage} /> },
  {
    id: 'source',
    header: 'Source',
    sortBy: ({ source }) => source,
    cell: ({ source }) => (source === undefined ? <Words>{undefined}</Words> : <bdi>{source}</bdi>),
  },
  counter('open', 'Open'),
  counter('parked', 'Parked'),
  counter('replayed', 'Replayed'),
  {
    id: 'settled',
    header: 'Settled',
    align: 'end',
    sortBy: ({ counts }) => counts.resolved + counts.discarded,
    cell: ({ counts: { resolved, discarded } }) => (
      <span title={`${count(resolved)} resolved, ${count(discarded)} discarded`}>{count(resolved + discarded)}</span>
    ),
  },
  {
    id: 'seen',
    header: 'First and last seen',
    align: 'end',
    sortBy: ({ lastFailedAt }) => lastFailedAt,
    cell: ({ firstFailedAt, lastFailedAt }) => (
      <>
        <When at={firstFailedAt} />
        <div>
          <When at={lastFailedAt} as="ago" />
        </div>
      </>
    ),
  },
];
