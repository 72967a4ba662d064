import type { EnrichedView, ProvenanceData } from '@wireroom/contracts';
import { useEffect, useMemo, useRef } from 'react';
import { Link } from 'wouter';
import { linkTo } from '../../app/url-state.js';
import { Fact, Facts, Panel } from '../../parts/page.js';
import { Answer, Empty } from '../../parts/states.js';
import { Code, Mark } from '../../parts/words.js';
import { harmless, harmlessLines } from '../../text/harmless.js';
import { counted } from '../../text/numbers.js';
import { atPointer, shown } from '../../text/pointer.js';
import type { Span } from '../../text/segments.js';
import { type Finding, type FindingGroup, findingsOf, recordsOf } from './findings.js';
import { Origin } from './origin.js';
import type { ItemPartProps } from './part.js';
import { chosenProcessing, useRevision } from './use-revision.js';
import css from './why.module.css';

/** Spans told in figures; the rest is counted. */
const TOLD_SPANS = 6;

/** "Why does this field say that": who read it, by which rule, and the characters it came from. */
export default function Why({ contentId, revision, state, change, item }: ItemPartProps) {
  const documents = useRevision(contentId, revision);
  return (
    <Answer of={documents} lines={12}>
      {({ enriched }) => {
        const document = chosenProcessing(enriched, state.processing);
        if (document === undefined || document.provenance.length === 0) {
          return (
            <Panel>
              <Empty title="No provenance for this revision">
                {item.revisions.find((row) => row.revision === revision)?.kind === 'retraction'
                  ? 'A retraction has no article.'
                  : 'Enrichment has not stored an article of it.'}
              </Empty>
            </Panel>
          );
        }
        return <Fields contentId={contentId} revision={revision} document={document} state={state} change={change} />;
      }}
    </Answer>
  );
}

interface FieldsProps extends Pick<ItemPartProps, 'contentId' | 'revision' | 'state' | 'change'> {
  document: EnrichedView;
}

function Fields({ contentId, revision, document, state, change }: FieldsProps) {
  const groups = useMemo(() => [articleFields(document), ...findingsOf(document)], [document]);
  const fields = groups.flatMap(({ findings }) => findings);
  const current = fields.find(({ field }) => field === state.field) ?? fields[0]!;
  const list = useRef<HTMLDivElement>(null);
  // A link from elsewhere may name a field far down the list.
  useEffect(() => {
    const link = list.current?.querySelector<HTMLElement>('[aria-current]');
    if (list.current && link) list.current.scrollTop = link.offsetTop - list.current.clientHeight / 2;
  }, []);
  const address = (field: string): string =>
    linkTo(`/items/${contentId}`, { tab: 'why', revision, field, processing: state.processing, side: state.side });
  return (
    <div className={css.split}>
      <Panel title="Fields" hint={counted(fields.length, 'field')} className={css.fields}>
        <div className={css.list} ref={list}>
          {groups.map((group) => (
            <section key={group.key}>
              <h3 className={css.heading}>{group.title}</h3>
              <ul aria-label={group.title}>
                {group.findings.map((finding) => (
                  <li key={finding.field}>
                    <Link
                      href={address(finding.field)}
                      replace
                      className={css.field}
                      aria-current={finding === current ? 'true' : undefined}
                    >
                      <code>{finding.field.replace(/^\/(article|enrichment)\//, '')}</code>
                      <bdi className={css.value}>{harmless(finding.says, 90)}</bdi>
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </Panel>
      <div className={css.answer}>
        <Because of={current} records={recordsOf(current.field, document.provenance)} />
        <Origin
          contentId={contentId}
          revision={revision}
          document={document}
          of={current}
          side={state.side}
          change={change}
        />
      </div>
    </div>
  );
}

/** What a field says, and who read it there by which rule. */
function Because({ of, records }: { of: Finding; records: ProvenanceData[] }) {
  return (
    <Panel title={<code>{of.field}</code>}>
      <p className={css.says}>
        <bdi>{harmlessLines(of.says) || 'no value'}</bdi>
      </p>
      {of.about.length > 0 && (
        <ul className={css.about}>
          {of.about.map((words) => (
            <li key={words}>
              <bdi>{harmless(words, 600)}</bdi>
            </li>
          ))}
        </ul>
      )}
      {records.map((record, index) => (
        <Record key={index} of={record} spans={record.field === of.field ? record.spans : of.spans} />
      ))}
    </Panel>
  );
}

function Record({ of, spans }: { of: ProvenanceData; spans: Span[] }) {
  return (
    <section className={css.record} data-chosen={of.chosen || undefined}>
      <Mark tone={of.chosen ? 'good' : 'plain'}>{of.chosen ? 'chosen' : 'found, and not chosen'}</Mark>
      <Facts>
        <Fact name="read by">
          {of.extractor} {of.version}
        </Fact>
        <Fact name="rule">{of.rule}</Fact>
        <Fact name="found at">
          <Code>{of.source}</Code>
        </Fact>
        {of.value !== undefined && (
          <Fact name="value">
            <bdi>{harmless(of.value, 600)}</bdi>
          </Fact>
        )}
        {of.reason !== undefined && <Fact name="why">{of.reason}</Fact>}
        <Fact name="characters">{spanWords(spans, of.basis)}</Fact>
      </Facts>
    </section>
  );
}

function spanWords(spans: Span[], basis: ProvenanceData['basis']): string {
  if (spans.length === 0) return 'none: it stands nowhere as such';
  const told = spans.slice(0, TOLD_SPANS).map(({ start, end }) => `${start}–${end}`);
  const more = spans.length - told.length;
  return `${told.join(', ')}${more > 0 ? ` and ${more} more` : ''} of the ${basis}`;
}

/** What was read from the original, as its records tell of it. */
function articleFields({ article, provenance }: EnrichedView): FindingGroup {
  const names = new Set(provenance.map(({ field }) => field).filter((field) => !field.startsWith('/enrichment/')));
  return {
    key: 'article',
    title: 'Article',
    findings: [...names].map((field) => {
      const { basis, spans } = recordsOf(field, provenance)[0]!;
      return { field, says: valueOf(article, field), about: [], basis, spans };
    }),
  };
}

function valueOf(article: EnrichedView['article'], field: string): string {
  return wordsOf(atPointer({ article }, field));
}

/** A value in its own words, where it has some: a paragraph's text, an author's name. */
function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join('\n');
  if (typeof value !== 'object' || value === null) return shown(value);
  if ('text' in value && typeof value.text === 'string') return value.text;
  return 'name' in value && typeof value.name === 'string' ? value.name : shown(value);
}
