import type { ItemAnswer, ItemEvent, ItemStep } from '@wireroom/contracts';
import { Link } from 'wouter';
import { linkTo } from '../../app/url-state.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Panel } from '../../parts/page.js';
import { PlaceLink } from '../../parts/place-link.js';
import { Empty } from '../../parts/states.js';
import { Code, Mark, ShortId, Stage, When } from '../../parts/words.js';
import { harmless } from '../../text/harmless.js';
import { duration } from '../../text/times.js';
import type { ItemPartProps } from './part.js';
import css from './journey.module.css';

const STEP_TONES = { done: 'good', skipped: 'plain', 'dead-lettered': 'bad' } as const;

/** What happened to a revision, stage by stage, and every event that carried it. */
export function Journey({ item, revision }: ItemPartProps) {
  const steps = item.steps.filter((step) => step.revision === revision);
  const events = item.events.filter((event) => event.revision === revision);
  return (
    <>
      <Panel title="Step by step" hint={`revision ${revision}, from the door on`}>
        {steps.length === 0 ? (
          <Empty title="No stage has stored anything of this revision yet" />
        ) : (
          <ol className={css.steps}>
            {steps.map((step, index) => (
              <Step key={index} of={step} found={isEnriched(step) ? foundAt(item, step) : undefined} />
            ))}
          </ol>
        )}
      </Panel>
      <Panel title="Events" hint="where each lies, and what its hearer made of it" flush>
        <DataTable
          label="Events of the revision"
          columns={EVENT_COLUMNS}
          rows={events}
          idOf={(event) => event.eventId}
          toneOf={(event) => (event.heard === 'dead-lettered' ? 'bad' : undefined)}
          empty={<Empty title="No event yet" />}
        />
      </Panel>
    </>
  );
}

function isEnriched({ stage, outcome, kind }: ItemStep): boolean {
  return stage === 'enrichment' && outcome === 'done' && kind !== 'retraction';
}

/** Where it stands what enrichment found. */
function foundAt({ contentId }: ItemAnswer, { revision, processingVersion: processing }: ItemStep): string {
  return linkTo(`/items/${contentId}`, { tab: 'enrichment', revision, processing });
}

function Step({ of, found }: { of: ItemStep; found: string | undefined }) {
  return (
    <li className={css.step} data-stage={of.stage} data-outcome={of.outcome}>
      <div className={css.stepHead}>
        <h3>{of.stage}</h3>
        <Mark tone={STEP_TONES[of.outcome]}>{of.outcome}</Mark>
        {of.code !== undefined && <Code>{of.code}</Code>}
        {(of.processingVersion ?? 1) > 1 && <span>processing {of.processingVersion}</span>}
        <span className={css.time}>
          <When at={of.storedAt} />
          {of.afterMs !== undefined && <span className={css.after}>+{duration(of.afterMs)}</span>}
        </span>
      </div>
      {of.detail !== undefined && <p className={css.detail}>{harmless(of.detail, 1000)}</p>}
      <dl className={css.places}>
        <div>
          <dt>heard</dt>
          <dd>{of.heard ? <PlaceLink of={of.heard} /> : 'at a door of its own, not from a topic'}</dd>
        </div>
        {of.outcome === 'done' && (
          <div>
            <dt>said</dt>
            <dd>
              {of.said ? <PlaceLink of={of.said} /> : 'not yet acknowledged by the broker'}
              {of.saidAt !== undefined && (
                <span className={css.at}>
                  <When at={of.saidAt} />
                </span>
              )}
            </dd>
          </div>
        )}
        {found !== undefined && (
          <div>
            <dt>found</dt>
            <dd>
              <Link href={found}>people, places, quotes, topics and more</Link>
            </dd>
          </div>
        )}
        {of.deadLetterId !== undefined && (
          <div>
            <dt>dead letter</dt>
            <dd>
              <Link href={`/failures/${of.stage}/${encodeURIComponent(of.deadLetterId)}`}>
                {of.deadLetterState ?? 'show it'}
              </Link>
            </dd>
          </div>
        )}
        {of.traceparent !== undefined && (
          <div>
            <dt>trace</dt>
            <dd>
              <Link href={linkTo('/items', { q: of.traceparent.split('-')[1] })}>
                <code>{of.traceparent.split('-')[1]}</code>
              </Link>
            </dd>
          </div>
        )}
      </dl>
    </li>
  );
}

const HEARD_TONES = {
  waiting: 'busy',
  done: 'good',
  skipped: 'plain',
  'dead-lettered': 'bad',
  superseded: 'plain',
} as const;

const EVENT_COLUMNS: Column<ItemEvent>[] = [
  {
    id: 'type',
    header: 'Event',
    leads: true,
    cell: (event) => (
      <>
        <code>{event.type.replace(/^wireroom\./, '')}</code>{' '}
        {event.processingVersion > 1 && <span>processing {event.processingVersion}</span>}
      </>
    ),
  },
  { id: 'id', header: 'Id', cell: (event) => <ShortId>{event.eventId}</ShortId> },
  { id: 'by', header: 'Said by', cell: (event) => <Stage name={event.saidBy} /> },
  {
    id: 'place',
    header: 'Topic, partition, offset',
    cell: (event) => (event.place ? <PlaceLink of={event.place} /> : 'not acknowledged yet'),
  },
  { id: 'saidAt', header: 'Said', align: 'end', cell: (event) => <When at={event.saidAt} /> },
  {
    id: 'heard',
    header: 'Heard by',
    cell: (event) =>
      event.hearer === undefined ? (
        'readers'
      ) : (
        <span className={css.heard}>
          {event.hearer}
          {event.heard !== undefined && <Mark tone={HEARD_TONES[event.heard]}>{event.heard}</Mark>}
          {event.code !== undefined && <Code>{event.code}</Code>}
        </span>
      ),
  },
  { id: 'heardAt', header: 'Heard', align: 'end', cell: (event) => <When at={event.heardAt} /> },
];
