import { useInfiniteQuery } from '@tanstack/react-query';
import type { AuditEntry, AuditResult, ListAuditRequest } from '@wireroom/contracts';
import { useCallback } from 'react';
import { call } from '../../api/call.js';
import { linkTo, useUrlState } from '../../app/url-state.js';
import { Filters, PeriodPicker, Typed, useOpenPeriod } from '../../parts/filters.js';
import { Pages } from '../../parts/more.js';
import { Fact, Facts, Page, Panel } from '../../parts/page.js';
import { Empty } from '../../parts/states.js';
import { TextView } from '../../parts/text-view.js';
import { Code, Mark, When } from '../../parts/words.js';
import { prettyJson } from '../../text/bytes.js';
import { harmless } from '../../text/harmless.js';
import { duration } from '../../text/times.js';
import { Link } from 'wouter';
import css from './audit.module.css';

const DEFAULTS = { actor: '', action: '', window: 'all', from: '', to: '', entry: '' };

const RESULTS: Record<AuditResult, 'good' | 'bad' | 'busy' | 'warn'> = {
  done: 'good',
  failed: 'bad',
  'under-way': 'busy',
  unknown: 'warn',
};

export default function AuditView() {
  const [state, change] = useUrlState(DEFAULTS);
  const period = useOpenPeriod(state);
  const setActor = useCallback((actor: string) => change({ actor }), [change]);
  const setAction = useCallback((action: string) => change({ action }), [change]);
  const given = Object.entries({ actor: state.actor, action: state.action, ...period }).filter(([, value]) => value);
  const request: ListAuditRequest = Object.fromEntries(given);
  const audit = useInfiniteQuery({
    queryKey: ['audit', request],
    queryFn: ({ pageParam, signal }) =>
      call('listAudit', { request: { ...request, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 10_000,
  });
  return (
    <Page
      title="Audit"
      lead="Who did what, when, why, and what came of it. Written before an action and never changed."
    >
      <Filters>
        <Typed label="Who" value={state.actor} onChange={setActor} placeholder="all" />
        <Typed
          label="Action"
          value={state.action}
          onChange={setAction}
          placeholder="all, such as dead-letters.replay"
        />
        <PeriodPicker all state={state} onChange={change} />
      </Filters>
      <Panel flush>
        <Pages of={audit}>
          {(pages) => {
            const entries = pages.flatMap((page) => page.entries);
            if (entries.length === 0)
              return <Empty title="Nothing was done yet">Every change made here or by API is listed.</Empty>;
            return (
              <ol className={css.entries}>
                {entries.map((entry) => (
                  <li key={entry.id} className={css.entry}>
                    <Entry of={entry} isOpen={entry.id === state.entry} />
                  </li>
                ))}
              </ol>
            );
          }}
        </Pages>
      </Panel>
    </Page>
  );
}

function Entry({ of, isOpen }: { of: AuditEntry; isOpen: boolean }) {
  const [state] = useUrlState(DEFAULTS);
  return (
    <>
      <Link
        href={linkTo('/audit', {
          ...state,
          window: state.window === 'all' ? '' : state.window,
          entry: isOpen ? '' : of.id,
        })}
        replace
        className={css.line}
        aria-expanded={isOpen}
      >
        <span className={css.when}>
          <When at={of.at} />
        </span>
        <span className={css.what}>
          <b>
            <bdi>{harmless(of.actor, 80)}</bdi>
          </b>{' '}
          <code>{of.action}</code> {of.target !== undefined && <bdi>{harmless(of.target, 120)}</bdi>}
          {of.reason !== undefined && <q className={css.reason}>{harmless(of.reason)}</q>}
        </span>
        <Mark tone={RESULTS[of.result]}>{of.result}</Mark>
      </Link>
      {isOpen && <Details of={of} />}
    </>
  );
}

function Details({ of }: { of: AuditEntry }) {
  return (
    <div className={css.details}>
      <Facts>
        <Fact name="id">
          <Code copies>{of.id}</Code>
        </Fact>
        <Fact name="role, signed in by">
          {of.role}, {of.via}
        </Fact>
        <Fact name="took">
          {of.endedAt === undefined ? 'not ended' : duration(Date.parse(of.endedAt) - Date.parse(of.at))}
        </Fact>
        {of.message !== undefined && (
          <Fact name="failure">
            {of.code} <bdi>{harmless(of.message, 1000)}</bdi>
          </Fact>
        )}
      </Facts>
      <TextView text={prettyJson(of.request) ?? of.request} label="The request" />
      {of.answer !== undefined && <TextView text={prettyJson(of.answer) ?? of.answer} label="The answer" />}
    </div>
  );
}
