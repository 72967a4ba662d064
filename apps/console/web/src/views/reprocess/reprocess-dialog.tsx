import { Checkbox, NumberInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ItemChanges, ReprocessAnswer, ReprocessFilter, StepView } from '@wireroom/contracts';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { ActDialog } from '../../parts/act.js';
import { ChoiceText, useChoice } from '../../parts/choice-text.js';
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
  const [choice, change] = useChoice({ source: initial.source, code: initial.code, since: '', version: '' });
  const [steps, setSteps] = useState<string[]>([]);
  const [rate, setRate] = useState(DEFAULT_RATE);
  const [settled] = useDebouncedValue(choice, 500);
  const filter = filterOf(settled);
  const known = useQuery({
    queryKey: ['reprocess-steps'],
    queryFn: ({ signal }) => call('reprocessSteps', { signal }),
    staleTime: 60_000,
  });
  const tried = steps.filter((step) => known.data?.steps.find(({ name }) => name === step)?.canBeTried);
  const preview = useQuery({
    queryKey: ['reprocess-preview', tried, filter],
    queryFn: ({ signal }) => call('previewReprocess', { request: { steps: tried, filter, sample: SAMPLE }, signal }),
    enabled: tried.length > 0,
    gcTime: 0,
    retry: false,
  });
  const isSeen = tried.length === 0 || preview.isSuccess;
  return (
    <ActDialog
      title="Process items again"
      isOpen
      wide
      onClose={onClose}
      confirm="Start"
      isReady={settled === choice && steps.length > 0 && isSeen}
      act={({ reason, requestId }) => call('startReprocess', { request: { steps, filter, rate, reason, requestId } })}
      onDone={onStarted}
    >
      <Answer of={known} lines={2}>
        {(answer) => <Steps of={answer.steps} chosen={steps} onChange={setSteps} />}
      </Answer>
      <div className={css.form}>
        <ChoiceText choice={choice} name="source" change={change} label="Source" placeholder="all" />
        <ChoiceText
          choice={choice}
          name="code"
          change={change}
          label="A step failed with"
          placeholder="any code, or none"
        />
        <ChoiceText
          choice={choice}
          name="since"
          change={change}
          type="datetime-local"
          label="Taken in since, your time"
        />
        <ChoiceText
          choice={choice}
          name="version"
          change={change}
          digitsOnly
          label="Processing version"
          placeholder="any"
        />
        <NumberInput
          label="At most, a second"
          value={rate}
          min={1}
          max={10_000}
          onChange={(value) => setRate(Number(value) || DEFAULT_RATE)}
        />
      </div>
      {steps.length === 0 && <p>Choose a step: what it would change shows here, and nothing is stored.</p>}
      {tried.length < steps.length && (
        <p>What {steps.filter((step) => !tried.includes(step)).join(', ')} would change can’t be shown beforehand.</p>
      )}
      {tried.length > 0 && (
        <Answer of={preview} lines={5}>
          {({ items }) => <Sample of={items} />}
        </Answer>
      )}
    </ActDialog>
  );
}

/** The steps as enrichment has them, in the order in which they run. */
function Steps({ of, chosen, onChange }: { of: StepView[]; chosen: string[]; onChange: (steps: string[]) => void }) {
  return (
    <Checkbox.Group label="Steps" value={chosen} onChange={onChange}>
      <div className={css.steps}>
        {of.map(({ name }) => (
          <Checkbox key={name} value={name} label={harmless(name)} />
        ))}
      </div>
    </Checkbox.Group>
  );
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
      <p>Of those that match, {of.length} picked at random, and what would change in them:</p>
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
