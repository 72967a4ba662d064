import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { KafkaMessage, KafkaTopic, ListKafkaMessagesRequest } from '@wireroom/contracts';
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { call } from '../../api/call.js';
import { addressOf } from '../../api/routes.js';
import { linkTo, useUrlState } from '../../app/url-state.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Choice, Filters, Typed } from '../../parts/filters.js';
import { Icon } from '../../parts/icon.js';
import { Pages } from '../../parts/more.js';
import { Fact, Facts, Panel, Row } from '../../parts/page.js';
import { Answer, Empty, Notice } from '../../parts/states.js';
import { TextView } from '../../parts/text-view.js';
import { Code, When, Words } from '../../parts/words.js';
import { fromBase64, hexDump, prettyJson, textOf } from '../../text/bytes.js';
import { harmless } from '../../text/harmless.js';
import { bytes, count, counted } from '../../text/numbers.js';
import { fromLocalField, toLocalField } from '../../text/periods.js';
import css from './kafka.module.css';

const DEFAULTS = { mode: 'read', partition: '', offset: '', time: '', key: '', message: '' };
type State = typeof DEFAULTS;

/** More rows than this at once are no longer read by anybody, and slow the page. */
const TAIL_ROWS = 200;

/** Messages of a topic by partition, offset, time and key, or as they come. */
export function Messages({ topic }: { topic: KafkaTopic }) {
  const [state, change] = useUrlState(DEFAULTS);
  const setOffset = useCallback((offset: string) => change({ offset }), [change]);
  const setKey = useCallback((key: string) => change({ key }), [change]);
  return (
    <>
      <Filters>
        <SegmentedControl
          aria-label="Read or follow"
          data={[
            { value: 'read', label: 'Stored' },
            { value: 'tail', label: 'Live tail' },
          ]}
          value={state.mode}
          onChange={(mode) => change({ mode })}
        />
        <Choice
          label="Partition"
          value={state.partition}
          options={topic.partitions.map(({ partition }) => String(partition))}
          onChange={(partition) => change({ partition })}
        />
        {state.mode === 'read' && (
          <>
            <Typed label="From offset" value={state.offset} onChange={setOffset} placeholder="newest" />
            <TextInput
              type="datetime-local"
              label="From time, yours"
              value={state.time === '' ? '' : toLocalField(state.time)}
              onChange={(event) => change({ time: fromLocalField(event.currentTarget.value) ?? '' })}
            />
          </>
        )}
        <Typed label="Key" value={state.key} onChange={setKey} placeholder="any" grows />
      </Filters>
      {state.message !== '' && (
        <OneMessage topic={topic.topic} place={state.message} onClose={() => change({ message: '' })} />
      )}
      {state.mode === 'tail' ? (
        <Tail topic={topic.topic} state={state} />
      ) : (
        <Stored topic={topic.topic} state={state} />
      )}
    </>
  );
}

interface ListProps {
  topic: string;
  state: State;
}

function Stored({ topic, state }: ListProps) {
  const request = requestOf(state);
  const hasObstacle = state.offset !== '' && state.partition === '';
  const messages = useInfiniteQuery({
    queryKey: ['kafka-messages', topic, request],
    queryFn: ({ pageParam, signal }) =>
      call('kafkaMessages', { params: { topic }, request: { ...request, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    enabled: !hasObstacle,
  });
  if (hasObstacle) return <Notice>An offset counts within a partition: choose one.</Notice>;
  return (
    <Panel flush>
      <Pages of={messages}>
        {(pages) => (
          <>
            <p className={css.looked} role="status">
              {pages[0]!.direction === 'backwards' ? 'newest first' : 'oldest first'},{' '}
              {counted(
                pages.reduce((sum, page) => sum + page.looked, 0),
                'message',
              )}{' '}
              looked at
            </p>
            <MessageTable rows={pages.flatMap((page) => page.items)} topic={topic} state={state} />
          </>
        )}
      </Pages>
    </Panel>
  );
}

function Tail({ topic, state }: ListProps) {
  const { rows, dropped, isPaused, setPaused, error } = useTail(topic, state);
  return (
    <Panel
      flush
      title="As they come"
      hint={dropped > 0 ? `${count(dropped)} came faster than they can be shown, and were left out` : undefined}
      actions={
        <Button
          variant="default"
          leftSection={<Icon name={isPaused ? 'play' : 'pause'} />}
          onClick={() => setPaused(!isPaused)}
        >
          {isPaused ? 'Follow' : 'Hold still'}
        </Button>
      }
    >
      {error && <Notice tone="warn">The tail broke off and is being opened again.</Notice>}
      {rows.length === 0 ? (
        <Empty title="Nothing yet">Messages show here as soon as they are written.</Empty>
      ) : (
        <MessageTable rows={rows} topic={topic} state={state} />
      )}
    </Panel>
  );
}

function useTail(topic: string, { partition, key }: State) {
  const [rows, setRows] = useState<KafkaMessage[]>([]);
  const [dropped, setDropped] = useState(0);
  const [isPaused, setPaused] = useState(false);
  const [error, setError] = useState(false);
  useEffect(() => {
    if (isPaused) return undefined;
    const stream = new EventSource(addressOf('kafkaTail', { topic }, { partition, key }));
    stream.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as KafkaMessage;
      setError(false);
      setRows((before) => [message, ...before].slice(0, TAIL_ROWS));
    });
    stream.addEventListener('dropped', ({ data }: MessageEvent<string>) => {
      setDropped((before) => before + (JSON.parse(data) as { count: number }).count);
    });
    stream.onerror = () => setError(true);
    return () => stream.close();
  }, [topic, partition, key, isPaused]);
  return { rows, dropped, isPaused, setPaused, error };
}

function MessageTable({ rows, topic, state }: ListProps & { rows: KafkaMessage[] }) {
  const hrefOf = (message: KafkaMessage): string =>
    linkTo(`/kafka/topics/${encodeURIComponent(topic)}`, {
      ...state,
      mode: state.mode === 'read' ? undefined : state.mode,
      message: placeOf(message),
    });
  return (
    <DataTable
      label="Messages"
      columns={columns(hrefOf)}
      rows={rows}
      idOf={placeOf}
      hrefOf={hrefOf}
      empty={
        <Empty title="No message here">Nothing lies at or after this place, or all of it was deleted by age.</Empty>
      }
    />
  );
}

function placeOf({ partition, offset }: KafkaMessage): string {
  return `${partition}:${offset}`;
}

function columns(hrefOf: (message: KafkaMessage) => string): Column<KafkaMessage>[] {
  return [
    {
      id: 'place',
      header: 'Partition, offset',
      leads: true,
      cell: (message) => (
        <Link href={hrefOf(message)}>
          <code>{placeOf(message)}</code>
        </Link>
      ),
    },
    { id: 'time', header: 'Time', cell: ({ time }) => <When at={time} /> },
    { id: 'key', header: 'Key', cell: ({ key, keyBase64 }) => <KeyWords of={key ?? keyBase64} /> },
    {
      id: 'type',
      header: 'Type',
      cell: ({ headers }) => <Words limit={60}>{headers.find(({ name }) => name === 'ce_type')?.text}</Words>,
    },
    {
      id: 'value',
      header: 'Value',
      grows: true,
      cell: ({ valueBytes, text }) =>
        valueBytes === undefined ? (
          'tombstone'
        ) : (
          <span className={css.value}>
            <Words limit={160}>{text ?? 'not text'}</Words>
          </span>
        ),
    },
    { id: 'size', header: 'Size', align: 'end', cell: ({ valueBytes }) => bytes(valueBytes) },
  ];
}

function KeyWords({ of }: { of: string | undefined }) {
  if (of === undefined) return <Words>{undefined}</Words>;
  return <code title={harmless(of)}>{harmless(of, 13)}</code>;
}

interface OneMessageProps {
  topic: string;
  /** `partition:offset` */
  place: string;
  onClose: () => void;
}

function OneMessage({ topic, place, onClose }: OneMessageProps) {
  const [partition = '', offset = ''] = place.split(':');
  const message = useQuery({
    queryKey: ['kafka-message', topic, place],
    queryFn: ({ signal }) => call('kafkaMessage', { params: { topic, partition, offset }, signal }),
    staleTime: Infinity,
  });
  return (
    <Panel
      title={`Partition ${partition}, offset ${offset}`}
      actions={
        <Button variant="default" leftSection={<Icon name="close" size={12} />} onClick={onClose}>
          Close
        </Button>
      }
    >
      <Answer of={message} lines={6}>
        {(answer) => <Whole of={answer} />}
      </Answer>
    </Panel>
  );
}

function Whole({ of }: { of: KafkaMessage }) {
  return (
    <div className={css.whole}>
      <Facts>
        <Fact name="time">
          <When at={of.time} />
        </Fact>
        <Fact name="key">
          {of.key === undefined ? (
            (of.keyBase64 ?? 'none')
          ) : (
            <Row>
              <Code copies>{of.key}</Code>
              <Link href={linkTo('/items', { q: of.key })}>Find the item</Link>
            </Row>
          )}
        </Fact>
        {of.headers.map(({ name, text, valueBase64 }, index) => (
          <Fact key={index} name={<code>{harmless(name, 60)}</code>}>
            <code>{harmless(text ?? `base64 ${valueBase64}`, 1000)}</code>
          </Fact>
        ))}
      </Facts>
      <Value of={of} />
    </div>
  );
}

function Value({ of }: { of: KafkaMessage }) {
  if (of.valueBytes === undefined) return <Notice>A tombstone: it takes the key out of a compacted topic.</Notice>;
  const raw = of.valueBase64 === undefined ? undefined : fromBase64(of.valueBase64);
  const text = of.text !== undefined && !of.isCut ? of.text : raw && textOf(raw);
  if (text !== undefined) return <TextView text={prettyJson(text) ?? text} label="Value" />;
  return <TextView text={raw ? hexDump(raw) : (of.text ?? '')} label="Value as bytes" wraps={false} />;
}

function requestOf({ partition, offset, time, key }: State): ListKafkaMessagesRequest {
  return {
    ...(partition === '' ? {} : { partition: Number(partition) }),
    ...(offset === '' ? {} : { offset }),
    ...(time === '' ? {} : { time }),
    ...(key === '' ? {} : { key }),
  };
}
