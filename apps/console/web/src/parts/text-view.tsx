import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { type DiffLine, type Fold, compareLines, folded } from '../text/diff-lines.js';
import { harmlessLines } from '../text/harmless.js';
import css from './text-view.module.css';

/** More than this at once makes a browser slow; the rest is shown on demand. */
const SHOWN_CHARS = 60_000;

/** A long text as it is, with nothing hidden in it. */
export function TextView({ text, label, wraps = true }: { text: string; label: string; wraps?: boolean }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole || text.length <= SHOWN_CHARS ? text : text.slice(0, SHOWN_CHARS);
  return (
    <>
      <pre className={css.text} data-wraps={wraps || undefined} tabIndex={0} aria-label={label}>
        <bdi>{harmlessLines(shown)}</bdi>
      </pre>
      {shown.length < text.length && (
        <Button variant="default" onClick={() => setWhole(true)} mt={8}>
          Show all {text.length.toLocaleString('en-GB')} characters
        </Button>
      )}
    </>
  );
}

interface DiffViewProps {
  before: string;
  after: string;
  label: string;
  names: [before: string, after: string];
}

/** Two texts compared: side by side where there is room, below each other where there is not. */
export function DiffView({ before, after, label, names }: DiffViewProps) {
  const lines = useMemo(() => compareLines(before, after), [before, after]);
  const [isWhole, setWhole] = useState(false);
  if (lines === undefined) return <p>They have too little in common to compare line by line.</p>;
  if (before === after) return <p className={css.same}>They are the same, character for character.</p>;
  const shown = isWhole ? lines : folded(lines);
  return (
    <figure className={css.diff} aria-label={label}>
      <figcaption className={css.names}>
        <span data-kind="removed">− {names[0]}</span>
        <span data-kind="added">+ {names[1]}</span>
        {shown.length < lines.length && (
          <button type="button" className={css.unfold} onClick={() => setWhole(true)}>
            Show unchanged lines
          </button>
        )}
      </figcaption>
      <div className={css.diffLines} tabIndex={0} role="region" aria-label={label}>
        {shown.map((line, index) =>
          line.kind === 'fold' ? <FoldView key={index} of={line} /> : <LineView key={index} of={line} />,
        )}
      </div>
    </figure>
  );
}

function LineView({ of }: { of: DiffLine }) {
  const sign = of.kind === 'added' ? '+' : of.kind === 'removed' ? '−' : ' ';
  return (
    <div className={css.diffLine} data-kind={of.kind}>
      <span className={css.number}>{of.before ?? ''}</span>
      <span className={css.number}>{of.after ?? ''}</span>
      <span className={css.sign}>{sign}</span>
      <code>
        {of.pieces.map(({ text, isChanged }, index) =>
          isChanged ? (
            of.kind === 'added' ? (
              <ins key={index}>{harmlessLines(text)}</ins>
            ) : (
              <del key={index}>{harmlessLines(text)}</del>
            )
          ) : (
            <span key={index}>{harmlessLines(text)}</span>
          ),
        )}
      </code>
    </div>
  );
}

function FoldView({ of }: { of: Fold }) {
  return <div className={css.fold}>{of.lines === 1 ? '1 unchanged line' : `${of.lines} unchanged lines`}</div>;
}
