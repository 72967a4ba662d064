import type { KafkaAnswer, KafkaBroker, KafkaGroup, KafkaTopic } from '@wireroom/contracts';
import { Link } from 'wouter';
import { linkTo, useUrlState } from '../../app/url-state.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Page, Panel, Tabs } from '../../parts/page.js';
import { Answer, Empty } from '../../parts/states.js';
import { Trend } from '../../parts/trend.js';
import { Code, Mark, Seconds, Stage, When } from '../../parts/words.js';
import { bytes, count, counted } from '../../text/numbers.js';
import css from './kafka.module.css';
import { Unknown } from './unknown.js';
import { useKafka } from './use-kafka.js';

const DEFAULTS = { tab: 'topics' };
const TABS = [
  { key: 'topics', label: 'Topics' },
  { key: 'groups', label: 'Consumer groups' },
  { key: 'brokers', label: 'Brokers' },
];

export default function KafkaView() {
  const [{ tab }] = useUrlState(DEFAULTS);
  const kafka = useKafka();
  return (
    <Page
      title="Kafka"
      lead={
        kafka.data && (
          <>
            as the cluster tells it, <When at={kafka.data.asOf} as="ago" />
          </>
        )
      }
    >
      <Tabs
        label="Parts of the cluster"
        current={tab}
        tabs={TABS.map((one) => ({
          ...one,
          href: linkTo('/kafka', { tab: one.key === 'topics' ? undefined : one.key }),
        }))}
      />
      <Answer of={kafka} lines={8}>
        {(answer) => (
          <>
            <Panel flush>
              <Part of={answer} tab={tab} />
            </Panel>
            <Unknown of={answer} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function Part({ of, tab }: { of: KafkaAnswer; tab: string }) {
  if (tab === 'groups') {
    return (
      <DataTable
        label="Consumer groups"
        columns={GROUP_COLUMNS}
        rows={of.groups}
        idOf={({ group }) => group}
        hrefOf={groupHref}
        toneOf={({ stage, members }) => (stage !== undefined && members.length === 0 ? 'warn' : undefined)}
        empty={<Empty title="No consumer group" />}
      />
    );
  }
  if (tab === 'brokers') {
    return (
      <DataTable
        label="Brokers"
        columns={BROKER_COLUMNS}
        rows={of.brokers}
        idOf={({ id }) => String(id)}
        empty={<Empty title="No broker answered" />}
      />
    );
  }
  return (
    <DataTable
      label="Topics"
      columns={TOPIC_COLUMNS}
      rows={of.topics}
      idOf={({ topic }) => topic}
      hrefOf={topicHref}
      toneOf={({ drift }) => (drift.length > 0 ? 'warn' : undefined)}
      empty={<Empty title="No topic" />}
    />
  );
}

function topicHref({ topic }: KafkaTopic): string {
  return `/kafka/topics/${encodeURIComponent(topic)}`;
}

function groupHref({ group }: KafkaGroup): string {
  return `/kafka/groups/${encodeURIComponent(group)}`;
}

const TOPIC_COLUMNS: Column<KafkaTopic>[] = [
  {
    id: 'topic',
    header: 'Topic',
    leads: true,
    grows: true,
    sortBy: ({ topic }) => topic,
    cell: (topic) => (
      <Link href={topicHref(topic)}>
        <Code>{topic.topic}</Code>
      </Link>
    ),
  },
  {
    id: 'flow',
    header: 'From, to',
    cell: ({ saidBy, heardBy }) => (
      <span className={css.flow}>
        {saidBy.length === 0 ? 'outside' : saidBy.map((stage) => <Stage key={stage} name={stage} />)}
        <span aria-hidden="true">→</span>
        {heardBy.length === 0 ? 'readers' : heardBy.map((stage) => <Stage key={stage} name={stage} />)}
      </span>
    ),
  },
  { id: 'partitions', header: 'Partitions', align: 'end', cell: ({ partitions }) => partitions.length },
  {
    id: 'messages',
    header: 'Messages',
    align: 'end',
    sortBy: ({ messages }) => messages,
    cell: ({ messages, isCompacted }) => (
      <span title={isCompacted ? 'Compacted: at most so many' : undefined}>
        {isCompacted && '≤ '}
        {count(messages)}
      </span>
    ),
  },
  { id: 'bytes', header: 'Size', align: 'end', sortBy: (topic) => topic.bytes, cell: (topic) => bytes(topic.bytes) },
  {
    id: 'drift',
    header: 'As declared',
    cell: ({ drift, isDeclared }) =>
      drift.length > 0 ? (
        <Mark tone="warn">{counted(drift.length, 'difference')}</Mark>
      ) : isDeclared ? (
        <Mark tone="good">as declared</Mark>
      ) : (
        <Mark tone="plain">not ours</Mark>
      ),
  },
];

const GROUP_COLUMNS: Column<KafkaGroup>[] = [
  {
    id: 'group',
    header: 'Group',
    leads: true,
    grows: true,
    cell: (group) => (
      <Link href={groupHref(group)}>
        <Code>{group.group}</Code>
      </Link>
    ),
  },
  { id: 'state', header: 'State', cell: ({ state }) => state },
  { id: 'members', header: 'Members', align: 'end', cell: ({ members }) => members.length },
  {
    id: 'lag',
    header: 'Lag',
    align: 'end',
    sortBy: ({ lagMessages }) => lagMessages,
    cell: ({ lagMessages }) => count(lagMessages),
  },
  { id: 'seconds', header: 'Behind', align: 'end', cell: ({ lagSeconds }) => <Seconds value={lagSeconds} /> },
  {
    id: 'trend',
    header: 'The last hour',
    cell: ({ trend, group }) => (
      <Trend values={trend.map(({ messages }) => messages)} label={`Lag of ${group} over the last hour`} />
    ),
  },
];

const BROKER_COLUMNS: Column<KafkaBroker>[] = [
  { id: 'id', header: 'Id', leads: true, cell: ({ id }) => id },
  { id: 'host', header: 'Address', grows: true, cell: ({ host, port }) => <Code copies>{`${host}:${port}`}</Code> },
  { id: 'controller', header: 'Controller', cell: ({ isController }) => (isController ? 'yes' : 'no') },
];
