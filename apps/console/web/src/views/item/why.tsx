import { Button } from '@mantine/core';
import type { ArticleData, EnrichedView, ProvenanceData } from '@wireroom/contracts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import { linkTo } from '../../app/url-state.js';
import { Fact, Facts, Panel } from '../../parts/page.js';
import { Answer, Empty, Notice } from '../../parts/states.js';
import { Code, Mark } from '../../parts/words.js';
import { harmless, harmlessLines } from '../../text/harmless.js';
import { counted } from '../../text/numbers.js';
import { atPointer, shown } from '../../text/pointer.js';
import { type Span, segmentsOf, windowAround } from '../../text/segments.js';
import type { ItemPartProps } from './part.js';
import { useOriginalText, useRevision } from './use-revision.js';
import css from './why.module.css';

/** Characters shown on each side of the marked ones. */
const REACH = 1500;

/** "Why does this field say that": who read it, by which rule, and the characters it came from. */
export default function Why({ contentId, revision, state, item }: ItemPartProps) {
  const documents = useRevision(contentId, revision);
  return (
    <Answer of={documents} lines={12}>
      {({ enriched }) => {
        const wanted = enriched.find(({ processingVersion }) => String(processingVersion) === state.processing);
        const document = wanted ?? enriched.at(-1);
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
        return <Fields contentId={contentId} revision={revision} document={document} field={state.field} />;
      }}
    </Answer>
  );
}

interface FieldsProps {
  contentId: string;
  revision: number;
  document: EnrichedView;
  field: string;
}

function Fields({ contentId, revision, document, field }: FieldsProps) {
  const fields = useMemo(() => groupByField(document.provenance), [document]);
  const current = fields.has(field) ? field : fields.keys().next().value!;
  const records = fields.get(current)!;
  return (
    <div className={css.split}>
      <Panel title="Fields" hint={counted(fields.size, 'field')} className={css.fields}>
        <ul className={css.list} aria-label="Fields">
          {[...fields.keys()].map((name) => (
            <li key={name}>
              <Link
                href={linkTo(`/items/${contentId}`, { tab: 'why', revision, field: name })}
                replace
                className={css.field}
                aria-current={name === current ? 'true' : undefined}
              >
                <code>{name.replace(/^\/(article|enrichment)\//, '')}</code>
                <bdi className={css.value}>{harmless(valueOf(document, name), 90)}</bdi>
              </Link>
            </li>
          ))}
        </ul>
      </Panel>
      <div className={css.answer}>
        <Panel title={<code>{current}</code>}>
          <p className={css.says}>
            <bdi>{harmlessLines(valueOf(document, current)) || 'no value'}</bdi>
          </p>
          {records.map((record, index) => (
            <Record key={index} of={record} />
          ))}
        </Panel>
        <Origin contentId={contentId} revision={revision} document={document} records={records} />
      </div>
    </div>
  );
}

function Record({ of }: { of: ProvenanceData }) {
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
        <Fact name="characters">
          {of.spans.length === 0
            ? 'none: it stands nowhere as such'
            : `${of.spans
                .slice(0, 6)
                .map(({ start, end }) => `${start}–${end}`)
                .join(', ')}${of.spans.length > 6 ? ` and ${of.spans.length - 6} more` : ''} of the ${of.basis}`}
        </Fact>
      </Facts>
    </section>
  );
}

interface OriginProps {
  contentId: string;
  revision: number;
  document: EnrichedView;
  records: ProvenanceData[];
}

/** The text that the chosen record points into. */
function Origin({ contentId, revision, document, records }: OriginProps) {
  const chosen = records.find(({ chosen: isChosen }) => isChosen) ?? records[0]!;
  if (chosen.basis === 'body') {
    return <Marked title="In the body" text={bodyText(document.article)} spans={chosen.spans} />;
  }
  return <InOriginal contentId={contentId} revision={revision} spans={chosen.spans} />;
}

function InOriginal({ contentId, revision, spans }: { contentId: string; revision: number; spans: Span[] }) {
  const original = useOriginalText(contentId, revision);
  return (
    <Answer of={original} lines={10}>
      {({ text, reason, charset }) =>
        reason !== undefined ? (
          <Notice>{reason}</Notice>
        ) : (
          <Marked title="In the original" hint={`read as ${charset}`} text={text} spans={spans} />
        )
      }
    </Answer>
  );
}

interface MarkedProps {
  title: string;
  hint?: string;
  text: string;
  spans: Span[];
}

/** A text with some of its characters marked, and the first of them in view. */
function Marked({ title, hint, text, spans }: MarkedProps) {
  const [isWhole, setWhole] = useState(false);
  const firstMark = useRef<HTMLElement>(null);
  const box = useRef<HTMLPreElement>(null);
  const part = isWhole ? { start: 0, end: text.length } : windowAround(text, spans, REACH);
  const segments = segmentsOf(
    text.slice(part.start, part.end),
    spans.map(({ start, end }) => ({ start: start - part.start, end: end - part.start })),
  );
  useEffect(() => {
    if (box.current && firstMark.current) box.current.scrollTop = firstMark.current.offsetTop - 120;
  }, [spans, isWhole]);
  const isCut = part.start > 0 || part.end < text.length;
  const first = segments.findIndex(({ isMarked }) => isMarked);
  return (
    <Panel
      title={title}
      hint={[hint, isCut ? `characters ${part.start}–${part.end} of ${text.length}` : undefined]
        .filter(Boolean)
        .join(', ')}
      actions={
        isCut && (
          <Button variant="default" onClick={() => setWhole(true)}>
            Show the whole
          </Button>
        )
      }
    >
      <pre ref={box} className={css.text} tabIndex={0} aria-label={`${title}, with the characters it came from marked`}>
        <bdi>
          {part.start > 0 && '… '}
          {segments.map(({ text: piece, start, isMarked }, index) =>
            isMarked ? (
              <mark key={start} ref={index === first ? firstMark : undefined} className={css.mark}>
                {harmlessLines(piece)}
              </mark>
            ) : (
              <span key={start}>{harmlessLines(piece)}</span>
            ),
          )}
          {part.end < text.length && ' …'}
        </bdi>
      </pre>
    </Panel>
  );
}

function groupByField(provenance: ProvenanceData[]): Map<string, ProvenanceData[]> {
  const fields = new Map<string, ProvenanceData[]>();
  for (const record of provenance) {
    const records = fields.get(record.field) ?? [];
    records.push(record);
    fields.set(record.field, records);
  }
  for (const records of fields.values()) records.sort((one, other) => Number(other.chosen) - Number(one.chosen));
  return fields;
}

function valueOf({ article, enrichment }: EnrichedView, field: string): string {
  const value = atPointer({ article, enrichment }, field);
  if (typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string')
    return value.text;
  return shown(value);
}

/** The body as offsets with basis `body` count in it: the paragraphs joined by a blank line. */
function bodyText(article: ArticleData | undefined): string {
  return (article?.paragraphs ?? []).map(({ text }) => text).join('\n\n');
}
