import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CodeCount, LedgerAnswer, LedgerCheckAnswer, LedgerSource, LedgerTotals } from '@wireroom/contracts';
import { useState } from 'react';
import { Link } from 'wouter';
import { call } from '../../api/call.js';
import { linkTo } from '../../app/url-state.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { ShowAll } from '../../parts/more.js';
import { Panel } from '../../parts/page.js';
import { Answer, Empty, Notice } from '../../parts/states.js';
import { Count, Stage, When } from '../../parts/words.js';
import { count, counted, percent } from '../../text/numbers.js';
import type { Period } from '../../text/periods.js';
import { duration } from '../../text/times.js';
import css from './balance.module.css';

interface BalanceProps {
  period: Partial<Period>;
  source: string | undefined;
  /** The period's name, for links that shall stay in it. */
  window: string;
}

/** The parts of what was accepted, in the order in which they matter less. */
const PARTS: { key: keyof LedgerTotals; outcome: string; label: string }[] = [
  { key: 'published', outcome: 'published', label: 'published' },
  { key: 'skipped', outcome: 'skipped', label: 'skipped' },
  { key: 'deadLettered', outcome: 'dead-lettered', label: 'dead-lettered' },
  { key: 'discarded', outcome: 'discarded', label: 'discarded' },
  { key: 'inFlight', outcome: 'in-flight', label: 'in flight' },
];

export function Balance({ period, source, window }: BalanceProps) {
  const [limit, setLimit] = useState<number | undefined>();
  const request = { ...period, source, limit };
  const ledger = useQuery({
    queryKey: ['ledger', request],
    queryFn: ({ signal }) => call('ledger', { request, signal }),
    refetchInterval: 15_000,
    placeholderData: keepPreviousData,
  });
  return (
    <Answer of={ledger} lines={10}>
      {(answer) => <Books of={answer} linkState={linkStateOf(answer, source, window)} onAll={setLimit} />}
    </Answer>
  );
}

/** What a link carries, so that the items it leads to are those that the number counted. */
type LinkState = Record<string, string | undefined>;

function linkStateOf({ from, to }: LedgerAnswer, source: string | undefined, window: string): LinkState {
  return window === 'own' ? { window, from, to, source } : { window, source };
}

interface BooksProps {
  of: LedgerAnswer;
  linkState: LinkState;
  onAll: (limit: number) => void;
}

function Books({ of, linkState, onAll }: BooksProps) {
  return (
    <>
      <Panel
        title="The balance"
        hint={
          <>
            accepted from <When at={of.from} /> to <When at={of.to} />
          </>
        }
        actions={<Recount of={of} />}
      >
        <Equation totals={of.total} linkState={linkState} />
        <Proportions totals={of.total} />
        <Mismatches of={of} />
      </Panel>
      <div className={css.columns}>
        <Codes title="Skipped" of={of.skipped} outcome="skipped" linkState={linkState} />
        <Codes title="Dead-lettered" of={of.deadLettered} outcome="dead-lettered" linkState={linkState} />
        <Codes title="In flight" of={of.inFlight} outcome="in-flight" linkState={linkState} />
        <Codes title="Discarded" of={of.discarded} outcome="discarded" linkState={linkState} />
      </div>
      <Panel title="By source" flush>
        <DataTable
          label="The ledger by source"
          columns={sourceColumns(linkState)}
          rows={of.sources}
          idOf={(row) => row.source}
          toneOf={(row) => (row.deadLettered > 0 ? 'bad' : undefined)}
          empty={<Empty title="Nothing was accepted in this period" />}
        />
        <ShowAll
          shown={of.sources.length}
          of={of.sourceCount}
          what="sources"
          order="those that sent most"
          onAll={onAll}
        />
      </Panel>
      {of.refused.length > 0 && (
        <Panel title="Refused at the door" hint="messages that never became an item, and are not among the accepted">
          <CodeList of={of.refused} hrefOf={({ stage, code }) => linkTo('/failures', { stage, code })} />
        </Panel>
      )}
    </>
  );
}

function Equation({ totals, linkState }: { totals: LedgerTotals; linkState: LinkState }) {
  return (
    <p className={css.equation}>
      <Term value={totals.accepted} label="accepted" href={linkTo('/items', linkState)} />
      {PARTS.map(({ key, outcome, label }, index) => (
        <span key={key} className={css.step}>
          <span className={css.sign}>{index === 0 ? '=' : '+'}</span>
          <Term value={totals[key]} label={label} href={linkTo('/items', { ...linkState, outcome })} kind={key} />
        </span>
      ))}
    </p>
  );
}

function Term({ value, label, href, kind }: { value: number; label: string; href: string; kind?: string }) {
  return (
    <Link href={href} className={css.term} data-kind={kind} data-zero={value === 0 || undefined}>
      <span className={css.termValue}>{count(value)}</span> <span className={css.termLabel}>{label}</span>
    </Link>
  );
}

function Proportions({ totals }: { totals: LedgerTotals }) {
  if (totals.accepted === 0) return null;
  const parts = PARTS.filter(({ key }) => totals[key] > 0);
  const words = parts.map(({ key, label }) => `${percent(totals[key] / totals.accepted)} ${label}`).join(', ');
  return (
    <div className={css.bar} role="img" aria-label={words}>
      {parts.map(({ key, label }) => (
        <span
          key={key}
          data-kind={key}
          style={{ flexGrow: totals[key] }}
          title={`${percent(totals[key] / totals.accepted)} ${label}`}
        />
      ))}
    </div>
  );
}

function Mismatches({ of }: { of: LedgerAnswer }) {
  const sum = PARTS.reduce((total, { key }) => total + of.total[key], 0);
  const overdue = of.inFlight.filter(({ code }) => code === 'overdue').reduce((total, one) => total + one.count, 0);
  return (
    <>
      {sum !== of.total.accepted && (
        <Notice tone="bad">
          It does not add up: {counted(of.total.accepted, 'item')} accepted, {count(sum)} accounted for.
        </Notice>
      )}
      {overdue > 0 && (
        <Notice tone="bad">
          {counted(overdue, 'item')} in flight for longer than it should take: missing, until found.
        </Notice>
      )}
      {of.unaccepted > 0 && (
        <Notice tone="bad">
          {counted(of.unaccepted, 'revision')} at a later stage that ingest never accepted. Somebody writes to inner
          topics.
        </Notice>
      )}
      {of.books.state === 'counting' && (
        <Notice>
          The console is still going through what was stored before; these figures are too low until it is through.
        </Notice>
      )}
    </>
  );
}

/** Counts the stages' own collections, when someone wants to be sure. */
function Recount({ of: { from, to, source } }: { of: LedgerAnswer }) {
  const request = { from, to, source };
  const check = useQuery({
    queryKey: ['ledger-check', request],
    queryFn: ({ signal }) => call('checkLedger', { request, signal }),
    enabled: false,
  });
  return (
    <>
      {check.data && <CheckWords of={check.data} />}
      {check.error && <span className={css.off}>{check.error.message}</span>}
      <Button variant="default" loading={check.isFetching} onClick={() => void check.refetch()}>
        Count again at the stages
      </Button>
    </>
  );
}

function CheckWords({ of }: { of: LedgerCheckAnswer }) {
  if (of.difference === 0) {
    return (
      <span className={css.agrees}>
        agrees with the stages, <When at={of.checkedAt} as="ago" />
      </span>
    );
  }
  const figures = of.figures.filter(({ inBooks, atStage }) => inBooks !== atStage);
  return (
    <span className={css.off}>
      off by {count(of.difference)}:{' '}
      {figures
        .map(({ figure, inBooks, atStage }) => `${figure} ${count(inBooks)}, at the stage ${count(atStage)}`)
        .join('; ')}
    </span>
  );
}

interface CodesProps {
  title: string;
  of: CodeCount[];
  outcome: string;
  linkState: LinkState;
}

function Codes({ title, of, outcome, linkState }: CodesProps) {
  if (of.length === 0) return null;
  const total = of.reduce((sum, one) => sum + one.count, 0);
  return (
    <Panel title={title} hint={counted(total, 'revision')}>
      <CodeList
        of={of}
        hrefOf={({ stage, code }) =>
          // what waits has no code in the list of items
          linkTo('/items', { ...linkState, outcome, stage, code: outcome === 'in-flight' ? undefined : code })
        }
      />
    </Panel>
  );
}

function CodeList({ of, hrefOf }: { of: CodeCount[]; hrefOf: (one: CodeCount) => string }) {
  const most = Math.max(...of.map((one) => one.count));
  return (
    <ul className={css.codes}>
      {[...of]
        .sort((one, other) => other.count - one.count)
        .map((one) => (
          <li key={`${one.stage} ${one.code}`}>
            <Link href={hrefOf(one)} className={css.codeLine}>
              <Stage name={one.stage} />
              <code>{one.code}</code>
              <span className={css.track}>
                <span style={{ width: `${(one.count / most) * 100}%` }} />
              </span>
              <Count>{one.count}</Count>
            </Link>
          </li>
        ))}
    </ul>
  );
}

function sourceColumns(linkState: LinkState): Column<LedgerSource>[] {
  const number = (key: keyof LedgerTotals, header: string, outcome?: string): Column<LedgerSource> => ({
    id: key,
    header,
    align: 'end',
    sortBy: (row) => row[key],
    cell: (row) =>
      row[key] === 0 ? (
        <span className={css.zero}>0</span>
      ) : (
        <Link href={linkTo('/items', { ...linkState, source: row.source, outcome })}>{count(row[key])}</Link>
      ),
  });
  return [
    {
      id: 'source',
      header: 'Source',
      leads: true,
      sortBy: (row) => row.source,
      cell: (row) => (
        <Link href={linkTo('/ledger', { ...linkState, source: row.source })}>
          <bdi>{row.source}</bdi>
        </Link>
      ),
    },
    number('accepted', 'Accepted'),
    number('published', 'Published', 'published'),
    number('skipped', 'Skipped', 'skipped'),
    number('deadLettered', 'Dead-lettered', 'dead-lettered'),
    number('discarded', 'Discarded', 'discarded'),
    number('inFlight', 'In flight', 'in-flight'),
    {
      id: 'p50',
      header: 'Lag, median',
      align: 'end',
      sortBy: (row) => row.lag?.p50Ms,
      cell: (row) => duration(row.lag?.p50Ms),
    },
    {
      id: 'p99',
      header: 'Lag, 99 of 100',
      align: 'end',
      sortBy: (row) => row.lag?.p99Ms,
      cell: (row) => duration(row.lag?.p99Ms),
    },
  ];
}
