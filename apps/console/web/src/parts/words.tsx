import { ActionIcon, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { ItemOutcome, StageName } from '@wireroom/contracts';
import { type ReactNode, useSyncExternalStore } from 'react';
import { harmless } from '../text/harmless.js';
import { count } from '../text/numbers.js';
import { clock, distance, duration, utc } from '../text/times.js';
import { Icon } from './icon.js';
import type { Tone } from './page.js';
import css from './words.module.css';

/** Words that are longer may not all be in view. */
const SURELY_SEEN = 80;

/** Someone else's words in one line: isolated, so that their direction stays theirs, and with nothing hidden. */
export function Words({ children, limit = 300 }: { children: string | undefined; limit?: number }) {
  if (children === undefined || children === '') return <span className={css.none}>none</span>;
  return (
    <bdi
      className={css.words}
      title={children.length > Math.min(limit, SURELY_SEEN) ? harmless(children, 2000) : undefined}
    >
      {harmless(children, limit)}
    </bdi>
  );
}

/** A headline, in the face of a newspaper: it is what the reader gets, not what the machine says. */
export function Headline({ children, size = 'line' }: { children: string | undefined; size?: 'line' | 'large' }) {
  if (children === undefined || children.trim() === '') return <span className={css.none}>No headline</span>;
  return (
    <bdi className={css.headline} data-size={size}>
      {harmless(children, size === 'large' ? 600 : 240)}
    </bdi>
  );
}

/** A machine's word: an id, an offset, a code. */
export function Code({ children, copies = false }: { children: string; copies?: boolean }) {
  return (
    <span className={css.codeLine}>
      <code className={css.code}>{harmless(children, 200)}</code>
      {copies && <Copy text={children} />}
    </span>
  );
}

/** The first part of a long id, whole on hover and when copied. */
export function ShortId({ children }: { children: string }) {
  return (
    <code className={css.code} title={harmless(children)}>
      {harmless(children.length > 13 ? children.slice(0, 8) : children)}
    </code>
  );
}

export function Copy({ text, label = 'Copy' }: { text: string; label?: string }) {
  const { copied, copy } = useClipboard({ timeout: 1500 });
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={22}
      onClick={() => copy(text)}
      aria-label={copied ? 'Copied' : label}
    >
      <Icon name={copied ? 'check' : 'copy'} size={13} />
    </ActionIcon>
  );
}

const ticks = {
  subscribe: (onTick: () => void) => {
    const timer = setInterval(onTick, 1000);
    return () => clearInterval(timer);
  },
  now: () => Math.floor(Date.now() / 1000) * 1000,
};

/** The time to the second; whoever reads it is drawn again with every second. */
export function useNow(): number {
  return useSyncExternalStore(ticks.subscribe, ticks.now);
}

interface WhenProps {
  at: string | undefined;
  /** `clock`: the time of day; `ago`: how long since. */
  as?: 'clock' | 'ago';
}

/** A moment in the viewer's zone, with UTC on hover and focus. */
export function When({ at, as = 'clock' }: WhenProps) {
  const now = useNow();
  if (at === undefined) return <span className={css.none}>–</span>;
  const other = as === 'clock' ? distance(at, now) : clock(at, now);
  return (
    <time className={css.when} dateTime={at} title={`${utc(at)}\n${other}`}>
      {as === 'clock' ? clock(at, now) : distance(at, now)}
    </time>
  );
}

export function Seconds({ value }: { value: number | undefined }) {
  return <span className={css.when}>{duration(value === undefined ? undefined : value * 1000)}</span>;
}

export function Count({ children }: { children: number | undefined }) {
  return <span className={css.when}>{count(children)}</span>;
}

/** A mark and a word. The word says it; the mark only helps the eye. */
export function Mark({
  tone,
  hollow = false,
  children,
}: {
  tone: Tone | 'good' | 'busy';
  hollow?: boolean;
  children: ReactNode;
}) {
  return (
    <span className={css.mark} data-tone={tone} data-hollow={hollow || undefined}>
      {children}
    </span>
  );
}

const OUTCOMES: Record<ItemOutcome, { tone: Tone | 'good' | 'busy'; word: string }> = {
  'in-flight': { tone: 'busy', word: 'in flight' },
  published: { tone: 'good', word: 'published' },
  skipped: { tone: 'plain', word: 'skipped' },
  'dead-lettered': { tone: 'bad', word: 'dead-lettered' },
  discarded: { tone: 'plain', word: 'discarded' },
  unaccepted: { tone: 'bad', word: 'unaccepted' },
};

export function Outcome({ of }: { of: ItemOutcome }) {
  return <Mark tone={OUTCOMES[of].tone}>{OUTCOMES[of].word}</Mark>;
}

export function Stage({ name }: { name: StageName | (string & {}) }) {
  return (
    <span className={css.stage} data-stage={name}>
      {name}
    </span>
  );
}

/** Words that explain themselves on hover and focus. */
export function Explained({ children, by }: { children: ReactNode; by: ReactNode }) {
  return (
    <Tooltip label={by}>
      <span className={css.explained} tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  );
}
