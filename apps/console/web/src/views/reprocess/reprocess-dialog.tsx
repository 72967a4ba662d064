import { NumberInput, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ItemChanges, ReprocessAnswer, ReprocessFilter } from '@wireroom/contracts';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { ActDialog } from '../../parts/act.js';
import { Answer, Empty } from '../../parts/states.js';
import { Headline } from '../../parts/words.js';
import { harmless } from '../../text/harmless.js';
import { fromLocalField } from '../../text/periods.js';
import css from './reprocess.module.css';

const DEFAULT_RATE = 20;
const SAMPLE = 5;

interface ReprocessDialogProps {
  initial: { source: string; code: string };
  onClose: () => void;
  onStarted: (job: ReprocessAnswer) => void;
}

/** Chooses steps and items, shows on a sample what would change, and starts the run. */
export function ReprocessDialog({ initial, onClose, onStarted }: ReprocessDialogProps) {
  const [choice, setChoice] = useState({
    steps: '',
    source: initial.source,
    code: initial.code,
    since: '',
    version: '',
  });
  const [rate, setRate] = useState(DEFAULT_RATE);
  const [settled] = useDebouncedValue(choice, 500);
  const steps = stepsOf(settled.steps);
  const filter = filterOf(settled);
  const preview = useQuery({
    queryKey: ['reprocess-preview', steps, filter],
    queryFn: ({ signal }) => call('previewReprocess', { request: { steps, filter, sample: SAMPLE }, signal }),
    enabled: steps.length > 0,
    gcTime: 0,
    retry: false,
  });
  const change = (changes: Partial<typeof choice>): void => setChoice((before) => ({ ...before, ...changes }));
  return (
    <ActDialog
      title="Process items again"
      isOpen
      wide
      onClose={onClose}
      confirm="Start"
      isReady={settled === choice && preview.isSuccess}
      act={({ reason, requestId }) => call('startReprocess', { request: { steps, filter, rate, reason, requestId } })}
      onDone={onStarted}
    >
      <div className={css.form}>
        <TextInput
          label="Steps, with commas between them"
          placeholder="language, topics"
          value={choice.steps}
          onChange={(event) => change({ steps: event.currentTarget.value })}
        />
        <TextInput
          label="Source"
          placeholder="all"
          value={choice.source}
          onChange={(event) => change({ source: event.currentTarget.value })}
        />
        <TextInput
          label="A step failed with"
          placeholder="any code, or none"
          value={choice.code}
          onChange={(event) => change({ code: event.currentTarget.value })}
        />
        <TextInput
          type="datetime-local"
          label="Taken in since, your time"
          value={choice.since}
          onChange={(event) => change({ since: event.currentTarget.value })}
        />
        <TextInput
          label="Processing version"
          placeholder="any"
          value={choice.version}
          onChange={(event) => change({ version: event.currentTarget.value.replace(/\D/g, '') })}
        />
        <NumberInput
          label="At most, a second"
          value={rate}
          min={1}
          max={10_000}
          onChange={(value) => setRate(Number(value) || DEFAULT_RATE)}
        />
      </div>
      {steps.length === 0 ? (
        <p>Name a step: what it would change shows here, and nothing is stored.</p>
      ) : (
        <Answer of={preview} lines={5}>
          {({ items }) => <Sample of={items} />}
        </Answer>
      )}
    </ActDialog>
  );
}

function stepsOf(text: string): string[] {
  return text
    .split(',')
    .map((step) => step.trim())
    .filter((step) => step !== '');
}

function filterOf({
  source,
  code,
  since,
  version,
}: Record<'source' | 'code' | 'since' | 'version', string>): ReprocessFilter {
  const moment = fromLocalField(since);
  return {
    ...(source === '' ? {} : { source }),
    ...(code === '' ? {} : { code }),
    ...(moment === undefined ? {} : { since: moment }),
    ...(version === '' ? {} : { processingVersion: Number(version) }),
  };
}

function Sample({ of }: { of: ItemChanges[] }) {
  if (of.length === 0) return <Empty title="No stored item matches" />;
  return (
    <div role="status">
      <p>The newest {of.length} that match, and what would change in them:</p>
      <ul className={css.sample}>
        {of.map(({ contentId, revision, title, changes, failures }) => (
          <li key={`${contentId}/${revision}`}>
            <Headline>{title}</Headline>
            {changes.length === 0 && failures.length === 0 && <span className={css.same}>stays as it is</span>}
            {failures.map((failure) => (
              <code key={failure}>{harmless(failure)}</code>
            ))}
            {changes.slice(0, 6).map(({ field, before, after }) => (
              <div key={field} className={css.change}>
                <code>{harmless(field)}</code>
                {before !== undefined && <del>{harmless(before, 160)}</del>}
                {after !== undefined && <ins>{harmless(after, 160)}</ins>}
              </div>
            ))}
            {changes.length > 6 && <span className={css.same}>and {changes.length - 6} more values</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}
