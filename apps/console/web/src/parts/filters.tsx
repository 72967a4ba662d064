import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { type Period, PERIODS, fromLocalField, isPeriodName, periodOf, toLocalField } from '../text/periods.js';
import css from './filters.module.css';
import { Icon } from './icon.js';
import { useNow } from './words.js';

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly (string | { value: string; label: string })[];
  /** What the option that stands for none of them is called; `false` where one of them has to be chosen. */
  all?: string | false;
}

/** One of a few, by the platform's own control, which every screen reader and phone knows. */
export function Choice({ label, value, onChange, options, all = 'all' }: ChoiceProps) {
  return (
    <NativeSelect
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={all === false ? [...options] : [{ value: '', label: all }, ...options]}
    />
  );
}

interface TypedProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  grows?: boolean;
}

/** Milliseconds after the last key before what was typed is asked for. */
const SETTLE_MS = 350;

/** A text that filters, a moment after the typing stopped, or at once with Enter. */
export function Typed({ label, value, onChange, placeholder, grows }: TypedProps) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
  return (
    <TextInput
      className={grows ? css.grows : undefined}
      label={label}
      value={text}
      placeholder={placeholder}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && onChange(text)}
      rightSection={
        text === '' ? undefined : (
          <button type="button" className={css.clear} aria-label={`Clear ${label}`} onClick={() => onChange('')}>
            <Icon name="close" size={11} />
          </button>
        )
      }
    />
  );
}

/** What an address says of a period: a name, `all`, or `own` with its two ends. */
export interface PeriodState {
  window: string;
  from: string;
  to: string;
}

/** The period that a view's address names; without ends for all of time. */
export function usePeriod({ window, from, to }: PeriodState): Partial<Period> {
  const now = useNow();
  if (isPeriodName(window)) return periodOf(window, now);
  if (window !== 'own') return {};
  return { from: from === '' ? undefined : from, to: to === '' ? undefined : to };
}

/**
 * The same for a list that is read page by page: a period with a name goes from the time at which the view was opened and
 * has no end, so that the list grows at its top and its pages stay where they are.
 */
export function useOpenPeriod({ window, from, to }: PeriodState): Partial<Period> {
  const [opened] = useState(Date.now);
  if (isPeriodName(window)) return { from: periodOf(window, opened).from };
  return window === 'own' ? { from: from || undefined, to: to || undefined } : {};
}

interface PeriodPickerProps {
  state: PeriodState;
  onChange: (state: PeriodState) => void;
  /** Offers all of time. */
  all?: boolean;
  /** Offers a period of the viewer's own. */
  own?: boolean;
}

export function PeriodPicker({ state, onChange, all = false, own = true }: PeriodPickerProps) {
  const now = useNow();
  const choices = [
    ...Object.keys(PERIODS),
    ...(all ? [{ value: 'all', label: 'All' }] : []),
    ...(own ? [{ value: 'own', label: 'From, to' }] : []),
  ];
  const change = (window: string): void => {
    if (window !== 'own') return onChange({ window, from: '', to: '' });
    return onChange({ window, ...periodOf(isPeriodName(state.window) ? state.window : '24h', now) });
  };
  return (
    <div className={css.period}>
      <SegmentedControl aria-label="Period" data={choices} value={state.window} onChange={change} />
      {state.window === 'own' && (
        <>
          <TextInput
            type="datetime-local"
            aria-label="From, in your time zone"
            value={toLocalField(state.from)}
            onChange={(event) => onChange({ ...state, from: fromLocalField(event.currentTarget.value) ?? '' })}
          />
          <TextInput
            type="datetime-local"
            aria-label="To, in your time zone"
            value={toLocalField(state.to)}
            onChange={(event) => onChange({ ...state, to: fromLocalField(event.currentTarget.value) ?? '' })}
          />
        </>
      )}
    </div>
  );
}

/** A row of filters above what they filter. */
export function Filters({ children }: { children: ReactNode }) {
  return (
    <div className={css.filters} role="search">
      {children}
    </div>
  );
}
