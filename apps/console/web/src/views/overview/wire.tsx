import type { Latency, NowAnswer, StageInstance, StageNow } from '@wireroom/contracts';
import type { CSSProperties, ReactNode } from 'react';
import { Link } from 'wouter';
import { linkTo } from '../../app/url-state.js';
import type { Tone } from '../../parts/page.js';
import { StageHealthMark } from '../../parts/stage-health.js';
import { Explained } from '../../parts/words.js';
import { harmless } from '../../text/harmless.js';
import { count, counted, rate, shortCount } from '../../text/numbers.js';
import { duration } from '../../text/times.js';
import css from './wire.module.css';

/** What a stage says is named after what it does to an item. */
const TOPICS: Record<StageNow['stage'], string> = {
  ingest: 'content.ingested.v1',
  enrichment: 'content.enriched.v1',
  publishing: 'content.published.v1',
};

/** An item that waits longer than this for one stage is worth a look, seconds. */
const LONG_WAIT_SECONDS = 60;

/** The line as it flows: the doors, the three stages with what is between them, and the readers. */
export function Wire({ now }: { now: NowAnswer }) {
  return (
    <section className={css.wire} aria-label="The wire now">
      <End label="accepted" perSecond={now.acceptedPerSecond}>
        by HTTP, topic, feeds and files
      </End>
      <Strand perSecond={now.acceptedPerSecond} />
      {now.stages.map((stage, index) => (
        <Section key={stage.stage} stage={stage} next={now.stages[index + 1]} />
      ))}
      <End label="published" perSecond={now.publishedPerSecond}>
        <Door latency={now.latency} />
      </End>
    </section>
  );
}

function Section({ stage, next }: { stage: StageNow; next: StageNow | undefined }) {
  return (
    <>
      <StageCard of={stage} />
      <Strand perSecond={stage.perSecond} topic={TOPICS[stage.stage]} waiting={next?.lag} />
    </>
  );
}

function End({ label, perSecond, children }: { label: string; perSecond: number; children: ReactNode }) {
  return (
    <div className={css.end}>
      <p className={css.endRate}>
        {rate(perSecond)}
        <span>/s</span>
      </p>
      <p className={css.endLabel}>{label}</p>
      <div className={css.endWords}>{children}</div>
    </div>
  );
}

function Door({ latency }: { latency: Latency | undefined }) {
  if (latency === undefined) return <>nothing published in the last 15 minutes</>;
  return (
    <Explained by={`From the door to the readers' topic, of ${counted(latency.count, 'item')} in the last 15 minutes`}>
      <b>{duration(latency.p50Ms)}</b> median
      <br />
      <b>{duration(latency.p99Ms)}</b> for 99 of 100
    </Explained>
  );
}

interface StrandProps {
  perSecond: number;
  topic?: string;
  /** Messages that the next stage has not taken yet. */
  waiting?: number;
}

/** A piece of wire: the more flows, the faster its pulses run; thick where messages pile up. */
function Strand({ perSecond, topic, waiting }: StrandProps) {
  const style = {
    '--run': `${runSeconds(perSecond)}s`,
    '--thick': thickness(waiting ?? 0),
  } as CSSProperties;
  return (
    <div className={css.strand} style={style} data-still={perSecond === 0 || undefined}>
      <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
        <line className={css.core} x1="0" y1="6" x2="100" y2="6" />
        <line className={css.pulse} x1="0" y1="6" x2="100" y2="6" />
      </svg>
      {topic !== undefined && (
        <Link href={`/kafka/topics/${topic}`} className={css.topic} title={topic}>
          {topic.split('.')[1]}
        </Link>
      )}
      {waiting !== undefined && waiting > 0 && (
        <span className={css.waiting}>
          <span className={css.hidden}>waiting: </span>
          {shortCount(waiting)}
        </span>
      )}
    </div>
  );
}

/** Seconds that a pulse takes along its strand: 6 for a trickle, under a half for a thousand a second. */
function runSeconds(perSecond: number): number {
  return perSecond === 0 ? 0 : Math.max(0.4, 6 / (1 + 2 * Math.log10(1 + perSecond)));
}

function thickness(waiting: number): number {
  return Math.min(7, 1.5 + 1.3 * Math.log10(1 + waiting));
}

function StageCard({ of }: { of: StageNow }) {
  const waits = of.oldestWaitingSeconds ?? 0;
  return (
    <article className={css.stage} data-stage={of.stage} data-health={of.health} aria-label={`Stage ${of.stage}`}>
      <header className={css.stageHead}>
        <h2>
          <Link href={groupPath(of)}>{of.stage}</Link>
        </h2>
        <StageHealthMark of={of} />
      </header>
      <p className={css.stageRate}>
        {rate(of.perSecond)}
        <span>/s</span>
      </p>
      <dl className={css.lines}>
        <Line name="in flight" href={linkTo('/items', { stage: of.stage, outcome: 'in-flight', window: 'all' })}>
          {count(of.inFlight)}
        </Line>
        <Line name="oldest waits" tone={waits > LONG_WAIT_SECONDS ? 'warn' : 'plain'}>
          {of.oldestWaitingSeconds === undefined ? '–' : duration(waits * 1000)}
        </Line>
        <Line name="lag" href={groupPath(of)}>
          {count(of.lag)}
        </Line>
        <Line name="unsaid" tone={(of.oldestUnsaidSeconds ?? 0) > LONG_WAIT_SECONDS ? 'warn' : 'plain'}>
          {count(of.unsaid)}
        </Line>
        <Line
          name="dead letters"
          tone={(of.deadLettersOpen ?? 0) > 0 ? 'bad' : 'plain'}
          href={linkTo('/failures', { stage: of.stage })}
        >
          {count(of.deadLettersOpen)}
        </Line>
      </dl>
      <Instances of={of.instances} />
      {of.reasons.length > 0 && (
        <ul className={css.reasons}>
          {of.reasons.map((reason) => (
            <li key={reason}>
              <bdi>{harmless(reason)}</bdi>
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}

/** The page of the stage and its consumers. */
function groupPath({ group }: StageNow): string {
  return `/kafka/groups/${encodeURIComponent(group)}`;
}

interface LineProps {
  name: string;
  href?: string;
  tone?: Tone;
  children: ReactNode;
}

function Line({ name, href, tone = 'plain', children }: LineProps) {
  return (
    <div className={css.line} data-tone={tone}>
      <dt>{name}</dt>
      <dd>{href === undefined ? children : <Link href={href}>{children}</Link>}</dd>
    </div>
  );
}

function Instances({ of }: { of: StageInstance[] | undefined }) {
  if (of === undefined) return <p className={css.instances}>instances unknown</p>;
  return (
    <div className={css.instances}>
      {counted(of.length, 'instance')}
      {of.map(({ memberId, clientId, host, partitions }) => (
        <Explained
          key={memberId}
          by={`${harmless(clientId)} on ${harmless(host)}, ${
            partitions.length === 0 ? 'no partitions' : `partitions ${partitions.join(', ')}`
          }`}
        >
          {partitions.length}
          <span className={css.hidden}> partitions</span>
        </Explained>
      ))}
    </div>
  );
}
