import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Redrive, RedriveItem, RedriveOutcome } from '@wireroom/contracts';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { call } from '../../api/call.js';
import { redriveKey } from '../../api/live.js';
import type { RouteName } from '../../api/routes.js';
import { linkTo, useUrlState } from '../../app/url-state.js';
import { ActButton, ActDialog } from '../../parts/act.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Icon, type IconName } from '../../parts/icon.js';
import { Pages } from '../../parts/more.js';
import { Figure, Figures, Page, Panel } from '../../parts/page.js';
import { Answer, Empty, Notice } from '../../parts/states.js';
import { Code, Explained, Mark, Stage, When, Words } from '../../parts/words.js';
import { harmless } from '../../text/harmless.js';
import { count, rate } from '../../text/numbers.js';
import { RedriveProgress } from './progress.js';
import { OUTCOMES, RedriveStateMark, choiceWords } from './redrive-words.js';
import css from './redrives.module.css';

const DEFAULTS = { outcome: '' };

/** How often a redrive that moves is asked for, milliseconds; the live stream tells of it too. */
const MOVING_MS = 1500;

export default function RedriveView() {
  const { id } = useParams<{ id: string }>();
  const redrive = useQuery({
    queryKey: redriveKey(id),
    queryFn: ({ signal }) => call('redrive', { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? MOVING_MS : 15_000),
  });
  return (
    <Page
      up={{ path: '/redrives', label: 'Redrives' }}
      title={redrive.data ? choiceWords(redrive.data.filter) : 'Redrive'}
      lead={redrive.data && <Words limit={500}>{redrive.data.reason}</Words>}
      actions={redrive.data && <Controls of={redrive.data} />}
    >
      <Answer of={redrive} lines={6}>
        {(answer) => (
          <>
            <State of={answer} />
            <Items of={answer} />
          </>
        )}
      </Answer>
    </Page>
  );
}

/** Whether something of it can still change by itself. */
function isMoving({ state, counts }: Redrive): boolean {
  return state === 'running' || counts.sent + counts.underWay > 0;
}

type Control = {
  route: 'pauseRedrive' | 'resumeRedrive' | 'stopRedrive';
  label: string;
  icon: IconName;
  words: string;
};

const PAUSE: Control = {
  route: 'pauseRedrive',
  label: 'Pause',
  icon: 'pause',
  words: 'Sends no more until it is resumed. What is sent is followed to its end.',
};
const RESUME: Control = {
  route: 'resumeRedrive',
  label: 'Resume',
  icon: 'play',
  words: 'Goes on with those that were not sent yet.',
};
const STOP: Control = {
  route: 'stopRedrive',
  label: 'Stop',
  icon: 'stop',
  words: 'Sends no more, for good. What is sent is followed to its end; the rest stays a dead letter.',
};

function Controls({ of }: { of: Redrive }) {
  const queryClient = useQueryClient();
  const [control, setControl] = useState<Control | undefined>();
  const isOver = of.state === 'stopped' || of.state === 'finished';
  const notNow = isOver ? `It is ${of.state}.` : undefined;
  const button = (one: Control, variant: 'filled' | 'default') => (
    <ActButton
      route={one.route satisfies RouteName}
      variant={variant}
      notNow={notNow}
      leftSection={<Icon name={one.icon} />}
      onClick={() => setControl(one)}
    >
      {one.label}
    </ActButton>
  );
  return (
    <>
      {button(of.state === 'running' ? PAUSE : RESUME, 'filled')}
      {button(STOP, 'default')}
      {control && (
        <ActDialog
          title={`${control.label} this redrive`}
          isOpen
          onClose={() => setControl(undefined)}
          confirm={control.label}
          reason="optional"
          isGrave={control === STOP}
          act={({ reason, requestId }) =>
            call(control.route, { params: { id: of.id }, request: { requestId, ...(reason === '' ? {} : { reason }) } })
          }
          onDone={(answer) => {
            queryClient.setQueryData(redriveKey(of.id), answer);
            setControl(undefined);
          }}
        >
          {control.words}
        </ActDialog>
      )}
    </>
  );
}

function State({ of }: { of: Redrive }) {
  const [{ outcome }] = useUrlState(DEFAULTS);
  const sent = of.total - of.counts.waiting - of.counts.left - of.counts.gone;
  return (
    <Panel>
      <Figures>
        <Figure
          label="State"
          value={<RedriveStateMark of={of.state} />}
          hint={
            of.wave === undefined
              ? undefined
              : `wave ${of.wave} of ${of.ramp.length}, ${count(of.ramp[of.wave - 1])} at a time`
          }
        />
        <Figure label="Sent" value={count(sent)} hint={`of ${count(of.total)}`} />
        <Figure label="Now" value={rate(of.currentRate)} unit="/s" hint={`at most ${rate(of.ratePerSecond)} /s`} />
        <Figure
          label="Started"
          value={<When at={of.startedAt} />}
          hint={
            <>
              by <bdi>{harmless(of.by)}</bdi>
            </>
          }
        />
        <Figure label="Ended" value={<When at={of.endedAt} />} />
      </Figures>
      <div style={{ marginTop: 14 }}>
        <RedriveProgress of={of} />
      </div>
      {of.note !== undefined && (
        <Notice tone={of.state === 'held' ? 'warn' : 'plain'}>
          <bdi>{harmless(of.note, 600)}</bdi>
        </Notice>
      )}
      <nav className={css.counts} aria-label="Items by outcome">
        {OUTCOMES.map(({ outcome: one, count: key, tone, explanation }) => (
          <Link
            key={one}
            replace
            href={linkTo(`/redrives/${of.id}`, { outcome: outcome === one ? undefined : one })}
            aria-current={outcome === one ? 'true' : undefined}
            data-zero={of.counts[key] === 0 || undefined}
            title={explanation}
          >
            <Mark tone={of.counts[key] === 0 ? 'plain' : tone}>{one}</Mark>
            <b>{count(of.counts[key])}</b>
          </Link>
        ))}
      </nav>
    </Panel>
  );
}

function Items({ of }: { of: Redrive }) {
  const [{ outcome }] = useUrlState(DEFAULTS);
  const request = outcome === '' ? {} : { outcome: outcome as RedriveOutcome };
  const items = useInfiniteQuery({
    queryKey: ['redrive-items', of.id, request],
    queryFn: ({ pageParam, signal }) =>
      call('redriveItems', { params: { id: of.id }, request: { ...request, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: isMoving(of) ? 2000 : false,
  });
  return (
    <Panel title="Items" hint={outcome === '' ? 'in the order they are sent' : `${outcome} only`} flush>
      <Pages of={items}>
        {(pages) => (
          <DataTable
            label="Items of the redrive"
            columns={COLUMNS}
            rows={pages.flatMap((page) => page.items)}
            idOf={({ position }) => String(position)}
            empty={<Empty title="No item stands here" />}
          />
        )}
      </Pages>
    </Panel>
  );
}

const COLUMNS: Column<RedriveItem>[] = [
  { id: 'position', header: '#', align: 'end', cell: ({ position }) => position + 1 },
  {
    id: 'letter',
    header: 'Dead letter',
    leads: true,
    cell: ({ stage, deadLetterId, code }) => (
      <Link href={`/failures/${stage}/${encodeURIComponent(deadLetterId)}`}>
        <Code>{code}</Code>
      </Link>
    ),
  },
  { id: 'stage', header: 'Stage', cell: ({ stage }) => <Stage name={stage} /> },
  { id: 'source', header: 'Source', cell: ({ source }) => <Words>{source}</Words> },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: (item) => {
      const { tone, explanation } = OUTCOMES.find(({ outcome }) => outcome === item.outcome)!;
      return (
        <>
          <Mark tone={tone}>
            <Explained by={explanation}>{item.outcome}</Explained>
          </Mark>
          {item.outcomeCode !== undefined && (
            <div>
              {item.outcomeStage} <Code>{item.outcomeCode}</Code>
            </div>
          )}
        </>
      );
    },
  },
  {
    id: 'item',
    header: 'Item',
    cell: ({ contentId, revision }) =>
      contentId === undefined ? (
        <Words>{undefined}</Words>
      ) : (
        <Link href={linkTo(`/items/${contentId}`, { revision })}>
          <code>{harmless(contentId.slice(0, 8))}</code>
        </Link>
      ),
  },
  { id: 'sent', header: 'Sent', align: 'end', cell: ({ sentAt }) => <When at={sentAt} /> },
  { id: 'ended', header: 'Ended', align: 'end', cell: ({ endedAt }) => <When at={endedAt} /> },
];
