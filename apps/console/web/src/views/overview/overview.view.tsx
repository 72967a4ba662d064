import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { NowAnswer, OverviewAnswer, OverviewWindow } from '@wireroom/contracts';
import { Suspense, lazy } from 'react';
import { call } from '../../api/call.js';
import { useNowAnswer } from '../../api/live.js';
import { linkTo, useUrlState } from '../../app/url-state.js';
import { PeriodPicker } from '../../parts/filters.js';
import { Figure, Figures, Page, Panel } from '../../parts/page.js';
import { Answer, Loading, Notice } from '../../parts/states.js';
import { When } from '../../parts/words.js';
import { count, counted, percent } from '../../text/numbers.js';
import { isPeriodName } from '../../text/periods.js';
import { duration } from '../../text/times.js';
import { Alarms } from './alarms.js';
import { Wire } from './wire.js';

const FlowCharts = lazy(() => import('./flow-charts.js'));

const DEFAULTS = { window: '1h' };

const WINDOW_TITLES: Record<OverviewWindow, string> = {
  '15m': 'The last 15 minutes',
  '1h': 'The last hour',
  '6h': 'The last 6 hours',
  '24h': 'The last day',
  '7d': 'The last week',
};

/** How often the figures of the whole window are asked for again, milliseconds; those of now come by the stream. */
const WINDOW_REFRESH_MS = 15_000;

export default function OverviewView() {
  const [{ window }, change] = useUrlState(DEFAULTS);
  const chosen: OverviewWindow = isPeriodName(window) ? window : '1h';
  const overview = useQuery({
    queryKey: ['overview', chosen],
    queryFn: ({ signal }) => call('overview', { request: { window: chosen }, signal }),
    refetchInterval: WINDOW_REFRESH_MS,
    placeholderData: keepPreviousData,
  });
  const live = useNowAnswer();
  const now = live ?? overview.data?.now;
  return (
    <Page
      title="Overview"
      actions={
        <PeriodPicker
          own={false}
          state={{ window: chosen, from: '', to: '' }}
          onChange={(state) => change({ window: state.window })}
        />
      }
    >
      {now && <Alarms of={now.alarms} />}
      {now ? (
        <>
          <Books of={now.books} />
          <Wire now={now} />
        </>
      ) : (
        <Panel>
          <Answer of={overview} lines={8}>
            {() => null}
          </Answer>
        </Panel>
      )}
      {now && <Answer of={overview}>{(answer) => <Window of={answer} />}</Answer>}
      {now && <Unavailable of={now} />}
    </Page>
  );
}

/** What happened in the whole window. */
function Window({ of }: { of: OverviewAnswer }) {
  const { total, from, to, window } = of;
  const ledger = linkTo('/ledger', { window });
  const items = (state: Record<string, string>): string => linkTo('/items', { window, ...state });
  return (
    <>
      <Panel
        title={WINDOW_TITLES[window]}
        hint={
          <>
            <When at={from} /> to <When at={to} />, by the time at which it happened
          </>
        }
      >
        <Figures>
          <Figure label="Accepted" value={count(total.accepted)} href={ledger} />
          <Figure
            label="Published"
            value={count(total.published)}
            hint={
              total.accepted > 0 ? `${percent(Math.min(1, total.published / total.accepted))} of accepted` : undefined
            }
            href={items({ outcome: 'published' })}
          />
          <Figure label="Skipped" value={count(total.skipped)} href={items({ outcome: 'skipped' })} />
          <Figure
            label="Dead-lettered"
            value={count(total.deadLettered)}
            tone={total.deadLettered > 0 ? 'bad' : 'plain'}
            href="/failures"
          />
          <Figure label="Door to published, median" value={duration(total.p50Ms)} />
          <Figure label="99 of 100 within" value={duration(total.p99Ms)} />
        </Figures>
      </Panel>
      <Suspense fallback={<Loading lines={6} />}>
        <FlowCharts points={of.points} pointSeconds={of.pointSeconds} />
      </Suspense>
    </>
  );
}

function Books({ of }: { of: NowAnswer['books'] }) {
  if (of.state === 'following') return null;
  if (of.state === 'away') {
    return (
      <Notice tone="warn">The console can't read its own database. The figures below may be old or missing.</Notice>
    );
  }
  return (
    <Notice>
      The console is going through everything stored
      {of.counted !== undefined && `: ${counted(of.counted, 'item')} so far`}
      {of.ofAbout !== undefined && ` of about ${count(of.ofAbout)}`}. Until it is through, figures of the past are too
      low.
    </Notice>
  );
}

/** Figures that could not be had are named, never guessed. */
function Unavailable({ of }: { of: NowAnswer }) {
  if (of.unavailable.length === 0) return null;
  return (
    <Panel title="Figures that could not be had">
      <ul>
        {of.unavailable.map(({ figure, reason }) => (
          <li key={figure}>
            <code>{figure}</code>: <bdi>{reason}</bdi>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
