import { ActionIcon, Button, TextInput, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { ConsoleDeadLetterAnswer, EditAndReplayRequest, EditedHeader } from '@wireroom/contracts';
import { useState } from 'react';
import { call } from '../../api/call.js';
import { newRequestId } from '../../api/request-id.js';
import { ActButton } from '../../parts/act.js';
import { Icon } from '../../parts/icon.js';
import { Panel } from '../../parts/page.js';
import { Failure } from '../../parts/states.js';
import { DiffView } from '../../parts/text-view.js';
import { Mark } from '../../parts/words.js';
import { prettyJson, toBase64 } from '../../text/bytes.js';
import { type MessageVersion, decoded, versionText, versionsOf } from './content.js';
import css from './dead-letter.module.css';
import { Faults } from './faults.js';
import type { LetterPartProps } from './part.js';

/** A header while it is edited; one that is no text can be removed and not changed. */
interface DraftHeader {
  name: string;
  text?: string;
  valueBase64: string;
}

interface Draft {
  key: string;
  value: string;
  /** Whether the value is edited as text or, where it is no UTF-8, as base64. */
  isText: boolean;
  headers: DraftHeader[];
}

/** Edits the newest version of a message, shows the difference and what the contract says, and replays it. */
export default function Editor({ letter, onChanged }: LetterPartProps) {
  const newest = versionsOf(letter).at(-1)!;
  const [draft, setDraft] = useState(() => draftOf(newest));
  const [reason, setReason] = useState('');
  const [requestId, setRequestId] = useState(newRequestId);
  const edited = versionOf(draft, newest);
  const changed = versionText(edited) !== versionText(newest);
  const mutation = useMutation({
    mutationFn: () =>
      call('editAndReplay', {
        params: { stage: letter.stage, id: letter.id },
        request: { ...changesOf(edited, newest), reason: reason.trim(), requestId },
      }),
  });
  // Not called for whoever has gone to another view by the time of the answer, and would be fetched back.
  const whileHere = { onSuccess: onChanged };
  /** Another content is another intent. */
  const change = (changes: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...changes }));
    setRequestId(newRequestId());
    mutation.reset();
  };
  return (
    <>
      <Panel title="Edit the message" hint="the original stays as it was received; this is kept as a new version">
        <div className={css.editor}>
          <TextInput label="Key" value={draft.key} onChange={(event) => change({ key: event.currentTarget.value })} />
          <Textarea
            label={draft.isText ? 'Value' : 'Value, as base64: it is not UTF-8'}
            value={draft.value}
            onChange={(event) => change({ value: event.currentTarget.value })}
            autosize
            minRows={8}
            maxRows={26}
            spellCheck={false}
          />
          <Verdict stage={letter.stage} version={edited} />
          <HeaderFields headers={draft.headers} onChange={(headers) => change({ headers })} />
        </div>
      </Panel>
      <Panel title="What changes">
        <DiffView
          label="The edited message against the newest version"
          names={[newest.number === 0 ? 'the original' : `version ${newest.number}`, 'as edited']}
          before={versionText(newest)}
          after={versionText(edited)}
        />
      </Panel>
      <Panel>
        <div className={css.foot}>
          <TextInput
            label="Reason"
            description="Kept with the version and in the audit."
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
          />
          <ActButton
            route="editAndReplay"
            leftSection={<Icon name="redrives" />}
            loading={mutation.isPending}
            notNow={obstacleOf(letter, changed, reason)}
            onClick={() => mutation.mutate(undefined, whileHere)}
          >
            Keep and replay
          </ActButton>
        </div>
        {mutation.error && <Failure error={mutation.error} />}
      </Panel>
    </>
  );
}

function obstacleOf(letter: ConsoleDeadLetterAnswer, changed: boolean, reason: string): string | undefined {
  if (letter.state === 'replayed' || letter.state === 'resolved' || letter.state === 'discarded') {
    return `It is ${letter.state}: there is nothing to mend.`;
  }
  if (!changed) return 'Nothing is changed yet.';
  return reason.trim().length < 3 ? 'Give a reason first.' : undefined;
}

/** Whether the stage could read such a message; asked when the typing rests. */
function Verdict({ stage, version }: { stage: string; version: MessageVersion }) {
  const [valueBase64] = useDebouncedValue(version.valueBase64, 500);
  const check = useQuery({
    queryKey: ['check-message', stage, valueBase64],
    queryFn: ({ signal }) =>
      call('checkMessage', { params: { stage }, request: { valueBase64: valueBase64! }, signal }),
    enabled: valueBase64 !== undefined && valueBase64 !== '',
    staleTime: Infinity,
  });
  return (
    <div className={css.verdict} role="status">
      {check.data?.readable === true && <Mark tone="good">The stage can read this.</Mark>}
      {check.data?.readable === false && (
        <>
          <Mark tone="warn">The stage could not read this.</Mark>
          <Faults of={check.data.faults} />
        </>
      )}
      {check.error && <Mark tone="warn">It could not be checked: {check.error.message}</Mark>}
    </div>
  );
}

interface HeaderFieldsProps {
  headers: DraftHeader[];
  onChange: (headers: DraftHeader[]) => void;
}

function HeaderFields({ headers, onChange }: HeaderFieldsProps) {
  const replace = (at: number, header: DraftHeader): void =>
    onChange(headers.map((one, index) => (index === at ? header : one)));
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend>Headers</legend>
      {headers.map((header, index) => (
        <div key={index} className={css.headerLine}>
          <TextInput
            aria-label={`Name of header ${index + 1}`}
            value={header.name}
            onChange={(event) => replace(index, { ...header, name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Value of header ${header.name}`}
            value={header.text ?? `base64 ${header.valueBase64}`}
            readOnly={header.text === undefined}
            onChange={(event) => replace(index, { ...header, text: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={30}
            aria-label={`Remove header ${header.name}`}
            onClick={() => onChange(headers.filter((_, at) => at !== index))}
          >
            <Icon name="close" size={13} />
          </ActionIcon>
        </div>
      ))}
      <Button variant="default" onClick={() => onChange([...headers, { name: '', text: '', valueBase64: '' }])}>
        Add a header
      </Button>
    </fieldset>
  );
}

function draftOf({ keyBase64, valueBase64, headers }: MessageVersion): Draft {
  const text = decoded(valueBase64);
  return {
    key: decoded(keyBase64) ?? '',
    value: text === undefined ? (valueBase64 ?? '') : (prettyJson(text) ?? text),
    isText: text !== undefined || valueBase64 === undefined,
    headers: headers.map((header) => ({ ...header, text: decoded(header.valueBase64) })),
  };
}

/** The message that a draft stands for. What was not touched keeps its bytes, set out as they were. */
function versionOf(draft: Draft, newest: MessageVersion): MessageVersion {
  const start = draftOf(newest);
  return {
    number: newest.number + 1,
    keyBase64: draft.key === start.key ? newest.keyBase64 : encode(draft.key),
    valueBase64:
      draft.value === start.value ? newest.valueBase64 : draft.isText ? encode(draft.value) : draft.value.trim(),
    headers: draft.headers
      .filter(({ name }) => name !== '')
      .map(({ name, text, valueBase64 }) => ({ name, valueBase64: text === undefined ? valueBase64 : encode(text) })),
  };
}

function changesOf(
  edited: MessageVersion,
  newest: MessageVersion,
): Pick<EditAndReplayRequest, 'keyBase64' | 'valueBase64' | 'headers'> {
  const isSame = JSON.stringify(edited.headers) === JSON.stringify(newest.headers.map(plain));
  return {
    ...(edited.keyBase64 === newest.keyBase64 ? {} : { keyBase64: edited.keyBase64 }),
    ...(edited.valueBase64 === newest.valueBase64 ? {} : { valueBase64: edited.valueBase64 }),
    ...(isSame ? {} : { headers: edited.headers }),
  };
}

function plain({ name, valueBase64 }: EditedHeader): EditedHeader {
  return { name, valueBase64 };
}

function encode(text: string): string {
  return toBase64(new TextEncoder().encode(text));
}
