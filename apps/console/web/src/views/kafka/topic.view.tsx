import type { KafkaPartition, KafkaSetting, KafkaTopic } from '@wireroom/contracts';
import { useParams } from 'wouter';
import { fromPath, linkTo, useUrlState } from '../../app/url-state.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Figure, Figures, Page, Panel, Tabs } from '../../parts/page.js';
import { Answer, Empty, Notice } from '../../parts/states.js';
import { Code, Mark } from '../../parts/words.js';
import { bytes, count } from '../../text/numbers.js';
import { Messages } from './messages.js';
import { Unknown } from './unknown.js';
import { useKafka } from './use-kafka.js';

const DEFAULTS = { tab: 'messages' };
const TABS = [
  { key: 'messages', label: 'Messages' },
  { key: 'partitions', label: 'Partitions' },
  { key: 'settings', label: 'Settings' },
];

export default function TopicView() {
  const { topic: encoded } = useParams<{ topic: string }>();
  const name = fromPath(encoded);
  const [{ tab }] = useUrlState(DEFAULTS);
  const kafka = useKafka();
  const path = `/kafka/topics/${encodeURIComponent(name)}`;
  return (
    <Page up={{ path: '/kafka', label: 'Kafka' }} title={<Code>{name}</Code>} name={name}>
      <Answer of={kafka} lines={8}>
        {(answer) => {
          const topic = answer.topics.find((one) => one.topic === name);
          if (topic === undefined) return <Empty title="The cluster has no such topic" />;
          return (
            <>
              <Summary of={topic} />
              <Tabs
                label="Parts of the topic"
                current={tab}
                tabs={TABS.map((one) => ({
                  ...one,
                  href: linkTo(path, { tab: one.key === 'messages' ? undefined : one.key }),
                }))}
              />
              <Part of={topic} tab={tab} />
              <Unknown of={answer} />
            </>
          );
        }}
      </Answer>
    </Page>
  );
}

function Summary({ of }: { of: KafkaTopic }) {
  return (
    <Panel>
      <Figures>
        <Figure
          label="Messages"
          value={count(of.messages)}
          hint={of.isCompacted ? 'at most: the topic is compacted' : undefined}
        />
        <Figure label="Size" value={bytes(of.bytes)} />
        <Figure label="Partitions" value={of.partitions.length} />
        <Figure label="Said by" value={of.saidBy.join(', ') || 'outside'} />
        <Figure label="Heard by" value={of.heardBy.join(', ') || 'readers'} />
      </Figures>
      {of.drift.length > 0 && (
        <Notice tone="warn">
          <ul>
            {of.drift.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
    </Panel>
  );
}

function Part({ of, tab }: { of: KafkaTopic; tab: string }) {
  if (tab === 'partitions') {
    return (
      <Panel flush>
        <DataTable
          label="Partitions"
          columns={PARTITION_COLUMNS}
          rows={of.partitions}
          idOf={({ partition }) => String(partition)}
          toneOf={({ leader }) => (leader === -1 ? 'bad' : undefined)}
          empty={<Empty title="No partition" />}
        />
      </Panel>
    );
  }
  if (tab === 'settings') {
    return (
      <Panel flush>
        <DataTable
          label="Settings"
          columns={SETTING_COLUMNS}
          rows={of.settings}
          idOf={({ name }) => name}
          toneOf={(setting) => (isDrifting(setting) ? 'warn' : undefined)}
          empty={<Empty title="The broker told no setting" />}
        />
      </Panel>
    );
  }
  return <Messages topic={of} />;
}

function isDrifting({ declared, value }: KafkaSetting): boolean {
  return declared !== undefined && declared !== value;
}

const PARTITION_COLUMNS: Column<KafkaPartition>[] = [
  { id: 'partition', header: 'Partition', leads: true, cell: ({ partition }) => partition },
  { id: 'leader', header: 'Leader', cell: ({ leader }) => (leader === -1 ? <Mark tone="bad">none</Mark> : leader) },
  {
    id: 'replicas',
    header: 'In sync',
    cell: ({ replicas, inSync }) => (
      <Mark tone={inSync.length < replicas.length ? 'warn' : 'good'}>
        {inSync.length} of {replicas.length}
      </Mark>
    ),
  },
  { id: 'low', header: 'Oldest kept', align: 'end', cell: ({ low }) => <code>{low}</code> },
  { id: 'high', header: 'Next', align: 'end', cell: ({ high }) => <code>{high}</code> },
  { id: 'size', header: 'Size', align: 'end', sortBy: (one) => one.bytes, cell: (one) => bytes(one.bytes) },
];

const SETTING_COLUMNS: Column<KafkaSetting>[] = [
  { id: 'name', header: 'Setting', leads: true, sortBy: ({ name }) => name, cell: ({ name }) => <code>{name}</code> },
  { id: 'value', header: 'Value', grows: true, cell: ({ value }) => <Code>{value === '' ? '(empty)' : value}</Code> },
  {
    id: 'declared',
    header: 'Declared',
    cell: (setting) =>
      setting.declared === undefined ? (
        ''
      ) : isDrifting(setting) ? (
        <Mark tone="warn">{setting.declared}</Mark>
      ) : (
        'the same'
      ),
  },
  { id: 'own', header: 'Set', cell: ({ isOwn }) => (isOwn ? 'for this topic' : 'broker’s default') },
];
