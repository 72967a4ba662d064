import { Button, SegmentedControl } from '@mantine/core';
import type { EnrichedView } from '@wireroom/contracts';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Panel, Row } from '../../parts/page.js';
import { Answer, Notice } from '../../parts/states.js';
import { decodeReference } from '../../text/character-reference.js';
import { harmlessLines } from '../../text/harmless.js';
import { type Block, inOriginal } from '../../text/in-original.js';
import { type Span, segmentsOf, windowAround } from '../../text/segments.js';
import { type Finding, bodyText } from './findings.js';
import css from './origin.module.css';
import type { ItemState } from './part.js';
import { useOriginalText } from './use-revision.js';

/** Characters shown on each side of the marked ones. */
const REACH = 1500;

interface OriginProps {
  contentId: string;
  revision: number;
  document: EnrichedView;
  of: Pick<Finding, 'basis' | 'spans'>;
  side: string;
  change: (changes: Partial<ItemState>) => void;
}

/** The characters something came from: in the original, and in the body where it was found there. */
export function Origin({ contentId, revision, document, of, side, change }: OriginProps) {
  if (of.spans.length === 0) return null;
  if (of.basis === 'original') return <InOriginal contentId={contentId} revision={revision} spans={of.spans} />;
  const sides = (
    <SegmentedControl
      aria-label="Shown in"
      data={[
        { value: 'original', label: 'Original' },
        { value: 'body', label: 'Body' },
      ]}
      value={side === 'body' ? 'body' : 'original'}
      onChange={(value) => change({ side: value })}
    />
  );
  return side === 'body' ? (
    <Marked title="In the body" text={bodyText(document.article)} spans={of.spans} actions={sides} />
  ) : (
    <InOriginal
      contentId={contentId}
      revision={revision}
      spans={of.spans}
      blocks={blocksOf(document)}
      actions={sides}
    />
  );
}

interface InOriginalProps {
  contentId: string;
  revision: number;
  spans: Span[];
  /** The paragraphs that the spans count in; without them they count in the original. */
  blocks?: Block[];
  actions?: ReactNode;
}

function InOriginal({ contentId, revision, spans, blocks, actions }: InOriginalProps) {
  const original = useOriginalText(contentId, revision);
  return (
    <Answer of={original} lines={10}>
      {({ text, reason, charset }) =>
        reason !== undefined ? (
          <>
            <Row>{actions}</Row>
            <Notice>{reason}</Notice>
          </>
        ) : blocks === undefined ? (
          <Marked title="In the original" hints={[`read as ${charset}`]} text={text} spans={spans} actions={actions} />
        ) : (
          <BodyInOriginal text={text} charset={charset} spans={spans} blocks={blocks} actions={actions} />
        )
      }
    </Answer>
  );
}

type BodyInOriginalProps = Required<Pick<InOriginalProps, 'spans' | 'blocks'>> &
  Pick<InOriginalProps, 'actions'> & { text: string; charset: string };

function BodyInOriginal({ text, charset, spans, blocks, actions }: BodyInOriginalProps) {
  const place = useMemo(() => inOriginal(spans, blocks, text, decodeReference), [spans, blocks, text]);
  const hints = [`read as ${charset}`];
  if (place.spans.length === 0) hints.push('these words stand nowhere in it as such');
  else if (!place.isExact) hints.push('whole paragraphs, where their words can’t be told apart');
  return <Marked title="In the original" hints={hints} text={text} spans={place.spans} actions={actions} />;
}

interface MarkedProps {
  title: string;
  hints?: string[];
  text: string;
  spans: Span[];
  actions?: ReactNode;
}

/** A text with some of its characters marked, and the first of them in view. */
function Marked({ title, hints = [], text, spans, actions }: MarkedProps) {
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
      hint={[...hints, ...(isCut ? [`characters ${part.start}–${part.end} of ${text.length}`] : [])].join(', ')}
      actions={
        <>
          {actions}
          {isCut && (
            <Button variant="default" onClick={() => setWhole(true)}>
              Show the whole
            </Button>
          )}
        </>
      }
    >
      <pre
        ref={box}
        className={css.text}
        data-wraps
        tabIndex={0}
        aria-label={`${title}, with the characters it came from marked`}
      >
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

/** The paragraphs, each with the characters it was read from. */
function blocksOf({ article, provenance }: EnrichedView): Block[] {
  const records = new Map(
    provenance.filter(({ basis, chosen }) => chosen && basis === 'original').map((one) => [one.field, one]),
  );
  return (article?.paragraphs ?? []).map(({ text }, index) => {
    const spans = records.get(`/article/paragraphs/${index}`)?.spans ?? [];
    const [first, last] = [spans[0], spans.at(-1)];
    return { text, span: first && last && { start: first.start, end: last.end } };
  });
}
