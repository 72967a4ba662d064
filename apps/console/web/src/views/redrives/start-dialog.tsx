import { NumberInput, Switch } from '@mantine/core';
import '@mantine/core/styles/Switch.css';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { Redrive, RedriveChoice } from '@wireroom/contracts';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { ActDialog } from '../../parts/act.js';
import { ChoiceText, useChoice } from '../../parts/choice-text.js';
import { Choice } from '../../parts/filters.js';
import { Answer } from '../../parts/states.js';
import { Stage } from '../../parts/words.js';
import { STAGES } from '../../text/names.js';
import { count, counted } from '../../text/numbers.js';
import { duration } from '../../text/times.js';
import css from './redrives.module.css';

/** Sizes of the first waves: one item shows whether the cause is mended, a few more whether it was the only one. */
const RAMP = [1, 2, 5, 20];
const DEFAULT_RATE = 20;
const DEFAULT_HOLD_PERCENT = 20;

interface StartDialogProps {
  initial: { stage: string; code: string; source: string; state: string };
  onClose: () => void;
  onStarted: (redrive: Redrive) => void;
}

export function StartDialog({ initial, onClose, onStarted }: StartDialogProps) {
  const [choice, change] = useChoice(initial);
  const [rate, setRate] = useState(DEFAULT_RATE);
  const [holdAt, setHoldAt] = useState(DEFAULT_HOLD_PERCENT);
  const [ramps, setRamps] = useState(true);
  const [settled] = useDebouncedValue(choice, 300);
  const filter = filterOf(settled);
  const preview = useQuery({
    queryKey: ['redrive-preview', filter],
    queryFn: ({ signal }) => call('previewRedrive', { request: { filter }, signal }),
    gcTime: 0,
  });
  const total = preview.data?.count ?? 0;
  return (
    <ActDialog
      title="Start a redrive"
      isOpen
      wide
      onClose={onClose}
      confirm={total === 0 ? 'Start' : `Start with ${count(total)}`}
      isReady={total > 0 && settled === choice}
      act={({ reason, requestId }) =>
        call('startRedrive', {
          request: {
            filter,
            ratePerSecond: rate,
            ramp: ramps ? RAMP : [],
            holdAtFailureShare: holdAt / 100,
            reason,
            requestId,
          },
        })
      }
      onDone={onStarted}
    >
      <div className={css.form}>
        <Choice label="Stage" value={choice.stage} options={STAGES} onChange={(stage) => change({ stage })} />
        <ChoiceText choice={choice} name="code" change={change} label="Code" placeholder="all" />
        <ChoiceText choice={choice} name="source" change={change} label="Source" placeholder="all" />
        <Choice
          label="State"
          value={choice.state}
          all="open"
          options={['parked', { value: 'waiting', label: 'open or parked' }]}
          onChange={(state) => change({ state })}
        />
        <NumberInput
          label="At most, a second"
          value={rate}
          min={0.1}
          max={1000}
          onChange={(value) => setRate(Number(value) || DEFAULT_RATE)}
        />
        <NumberInput
          label="Hold when more fail again than, %"
          value={holdAt}
          min={0}
          max={100}
          onChange={(value) => setHoldAt(Number(value))}
        />
        <Switch
          label={`Begin with waves of ${RAMP.join(', ')}`}
          checked={ramps}
          onChange={(event) => setRamps(event.currentTarget.checked)}
        />
      </div>
      <Answer of={preview} lines={2}>
        {({ count: wanted, parts }) => (
          <div role="status">
            <p>
              Would take <b>{counted(wanted, 'dead letter')}</b>
              {wanted > 0 && `, in ${duration((wanted / rate) * 1000)} at the least`}. Nothing is sent yet.
            </p>
            <ul className={css.parts}>
              {parts.slice(0, 8).map((part) => (
                <li key={`${part.stage} ${part.code} ${part.source ?? ''}`}>
                  <b>{count(part.count)}</b> <Stage name={part.stage} /> <code>{part.code}</code>
                  <bdi>{part.source}</bdi>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Answer>
    </ActDialog>
  );
}

function filterOf({ stage, code, source, state }: StartDialogProps['initial']): RedriveChoice {
  return {
    ...(stage === '' ? {} : { stage: stage as RedriveChoice['stage'] }),
    ...(code === '' ? {} : { code }),
    ...(source === '' ? {} : { source }),
    ...(state === 'parked' || state === 'waiting' ? { state } : {}),
  };
}
