import { Checkbox, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { KafkaGroup, ResetOffsetsAnswer, ResetOffsetsRequest } from '@wireroom/contracts';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { newRequestId } from '../../api/request-id.js';
import { ActDialog } from '../../parts/act.js';
import { Choice } from '../../parts/filters.js';
import { Answer, Notice } from '../../parts/states.js';
import { count, counted } from '../../text/numbers.js';
import { fromLocalField, toLocalField } from '../../text/periods.js';
import css from './kafka.module.css';

type Target = Omit<ResetOffsetsRequest, 'reason' | 'requestId' | 'dryRun'>;

interface ResetDialogProps {
  group: KafkaGroup;
  onClose: () => void;
  onDone: () => void;
}

/** Moves a group's place in a topic, after showing what that would mean. */
export function ResetDialog({ group, onClose, onDone }: ResetDialogProps) {
  const topics = [...new Set(group.partitions.map(({ topic }) => topic))];
  const [target, setTarget] = useState<Target>({
    topic: topics[0] ?? '',
    to: 'earliest',
    pauseStage: group.stage !== undefined,
  });
  const [settled] = useDebouncedValue(target, 400);
  const isWhole = isComplete(settled);
  const dryRun = useQuery({
    queryKey: ['reset-dry-run', group.group, settled],
    queryFn: () =>
      call('resetOffsets', {
        params: { group: group.group },
        request: { ...settled, reason: 'dry run', dryRun: true, requestId: newRequestId() },
      }),
    enabled: isWhole,
    gcTime: 0,
  });
  const change = (changes: Partial<Target>): void => setTarget((before) => ({ ...before, ...changes }));
  const partitions = group.partitions.filter(({ topic }) => topic === target.topic).map(({ partition }) => partition);
  return (
    <ActDialog
      title={`Move the place of ${group.group}`}
      isOpen
      isGrave
      wide
      onClose={onClose}
      confirm="Move"
      isReady={isWhole && settled === target && dryRun.data !== undefined && dryRun.data.obstacle === undefined}
      act={({ reason, requestId }) =>
        call('resetOffsets', { params: { group: group.group }, request: { ...target, reason, requestId } })
      }
      onDone={onDone}
    >
      <div className={css.form}>
        <Choice
          label="Topic"
          value={target.topic}
          all="choose"
          options={topics}
          onChange={(topic) => change({ topic })}
        />
        <Choice
          label="To"
          value={target.to}
          all="choose"
          options={[
            { value: 'earliest', label: 'the oldest kept' },
            { value: 'latest', label: 'the end' },
            { value: 'time', label: 'a time' },
            { value: 'offset', label: 'an offset' },
          ]}
          onChange={(to) => change({ to: (to || 'earliest') as Target['to'], time: undefined, offset: undefined })}
        />
        <Choice
          label="Partition"
          value={target.partitions === undefined ? '' : String(target.partitions[0])}
          options={partitions.map(String)}
          onChange={(partition) => change({ partitions: partition === '' ? undefined : [Number(partition)] })}
        />
        {target.to === 'time' && (
          <TextInput
            type="datetime-local"
            label="Time, in your zone"
            value={toLocalField(target.time ?? '')}
            onChange={(event) => change({ time: fromLocalField(event.currentTarget.value) })}
          />
        )}
        {target.to === 'offset' && (
          <TextInput
            label="Offset"
            value={target.offset ?? ''}
            onChange={(event) => change({ offset: event.currentTarget.value.replace(/\D/g, '') })}
          />
        )}
      </div>
      {group.stage !== undefined && (
        <Checkbox
          label={`Pause ${group.stage} meanwhile, and resume it afterwards`}
          checked={target.pauseStage === true}
          onChange={(event) => change({ pauseStage: event.currentTarget.checked })}
        />
      )}
      {isWhole ? (
        <Answer of={dryRun} lines={4}>
          {(answer) => <Moves of={answer} />}
        </Answer>
      ) : (
        <Notice>Say where to: what would change shows here.</Notice>
      )}
    </ActDialog>
  );
}

function isComplete({ topic, to, time, offset, partitions }: Target): boolean {
  if (topic === '') return false;
  if (to === 'time') return time !== undefined;
  return to !== 'offset' || (offset !== undefined && offset !== '' && partitions?.length === 1);
}

function Moves({ of }: { of: ResetOffsetsAnswer }) {
  return (
    <>
      {of.obstacle !== undefined && <Notice tone="warn">{of.obstacle}</Notice>}
      <p>
        <b>{counted(of.again, 'message')}</b> would be taken a second time, and <b>{count(of.passedOver)}</b> not at
        all. A stage drops what it has stored already, so a second time does no harm.
      </p>
      <table className={css.moves}>
        <thead>
          <tr>
            <th scope="col">Partition</th>
            <th scope="col">From</th>
            <th scope="col">To</th>
            <th scope="col">Again</th>
            <th scope="col">Passed over</th>
          </tr>
        </thead>
        <tbody>
          {of.partitions.map(({ partition, from, to, again, passedOver }) => (
            <tr key={partition}>
              <td>{partition}</td>
              <td>
                <code>{from ?? 'never'}</code>
              </td>
              <td>
                <code>{to}</code>
              </td>
              <td>{count(again)}</td>
              <td>{count(passedOver)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
