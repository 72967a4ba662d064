import { useQueryClient } from '@tanstack/react-query';
import type { KafkaGroup, KafkaGroupPartition, KafkaMember } from '@wireroom/contracts';
import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { useNowAnswer } from '../../api/live.js';
import { call } from '../../api/call.js';
import { fromPath } from '../../app/url-state.js';
import { ActButton, ActDialog } from '../../parts/act.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Icon } from '../../parts/icon.js';
import { Figure, Figures, Page, Panel } from '../../parts/page.js';
import { Answer, Empty, Notice } from '../../parts/states.js';
import { Trend } from '../../parts/trend.js';
import { Code, Mark, Seconds, Words } from '../../parts/words.js';
import { count } from '../../text/numbers.js';
import { duration } from '../../text/times.js';
import css from './kafka.module.css';
import { StageWords } from './stage-words.js';
import { ResetDialog } from './reset-dialog.js';
import { Unknown } from './unknown.js';
import { useKafka } from './use-kafka.js';

export default function GroupView() {
  const { group: encoded } = useParams<{ group: string }>();
  const name = fromPath(encoded);
  const kafka = useKafka();
  const group = kafka.data?.groups.find((one) => one.group === name);
  const stage = useNowAnswer()?.stages.find((one) => one.group === name);
  return (
    <Page
      up={{ path: '/kafka?tab=groups', label: 'Consumer groups' }}
      title={<Code>{name}</Code>}
      name={name}
      actions={group && <Controls of={group} />}
    >
      {stage && <StageWords of={stage} />}
      <Answer of={kafka} lines={8}>
        {(answer) => (
          <>
            {group === undefined ? <Empty title="The cluster has no such group" /> : <Known of={group} />}
            <Unknown of={answer} />
          </>
        )}
      </Answer>
    </Page>
  );
}

function Controls({ of }: { of: KafkaGroup }) {
  const queryClient = useQueryClient();
  const [dialog, setDialog] = useState<'pause' | 'resume' | 'reset' | undefined>();
  const isPaused = useNowAnswer()?.stages.find(({ stage }) => stage === of.stage)?.paused === true;
  const done = (): void => {
    setDialog(undefined);
    void queryClient.invalidateQueries({ queryKey: ['kafka'] });
  };
  return (
    <>
      {of.stage !== undefined && (
        <ActButton
          route={isPaused ? 'resumeStage' : 'pauseStage'}
          variant={isPaused ? 'filled' : 'default'}
          leftSection={<Icon name={isPaused ? 'play' : 'pause'} />}
          onClick={() => setDialog(isPaused ? 'resume' : 'pause')}
        >
          {isPaused ? 'Resume the stage' : 'Pause the stage'}
        </ActButton>
      )}
      <ActButton route="resetOffsets" variant="default" onClick={() => setDialog('reset')}>
        Move its place
      </ActButton>
      {dialog === 'reset' && <ResetDialog group={of} onClose={() => setDialog(undefined)} onDone={done} />}
      {(dialog === 'pause' || dialog === 'resume') && (
        <ActDialog
          title={dialog === 'pause' ? `Pause ${of.stage}` : `Resume ${of.stage}`}
          isOpen
          onClose={() => setDialog(undefined)}
          confirm={dialog === 'pause' ? 'Pause' : 'Resume'}
          act={({ reason, requestId }) =>
            call(dialog === 'pause' ? 'pauseStage' : 'resumeStage', {
              params: { stage: of.stage! },
              request: { reason, requestId },
            })
          }
          onDone={done}
        >
          {dialog === 'pause'
            ? 'Its consumers finish what is under way and leave their group, also after a restart, until someone resumes it. Items pile up on the topic meanwhile; none is lost.'
            : 'Its consumers join their group again and go on where they left off.'}
        </ActDialog>
      )}
    </>
  );
}

function Known({ of }: { of: KafkaGroup }) {
  const lost = of.partitions.reduce((sum, partition) => sum + partition.lost, 0);
  return (
    <>
      <Panel>
        <Figures>
          <Figure label="State" value={of.state} />
          <Figure label="Lag" value={count(of.lagMessages)} hint="messages" />
          <Figure
            label="Behind"
            value={duration(of.lagSeconds === undefined ? undefined : of.lagSeconds * 1000)}
            hint="age of the oldest message not taken"
          />
          <Figure
            label="Members"
            value={of.members.length}
            tone={of.stage !== undefined && of.members.length === 0 ? 'warn' : 'plain'}
          />
        </Figures>
        {lost > 0 && (
          <Notice tone="bad">{count(lost)} messages were deleted by age before this group had taken them.</Notice>
        )}
      </Panel>
      <Panel
        title="Lag over the last hour"
        hint={`messages; at most ${count(Math.max(0, ...of.trend.map(({ messages }) => messages)))}`}
      >
        <div className={css.trend}>
          <Trend
            values={of.trend.map(({ messages }) => messages)}
            label="Lag in messages over the last hour"
            width={800}
            height={90}
          />
        </div>
      </Panel>
      <Panel title="Members" flush>
        <DataTable
          label="Members"
          columns={MEMBER_COLUMNS}
          rows={of.members}
          idOf={({ memberId }) => memberId}
          empty={<Empty title="Nobody is in this group">Nothing is taken from its topics now.</Empty>}
        />
      </Panel>
      <Panel title="Partitions" flush>
        <DataTable
          label="Partitions of the group"
          columns={PARTITION_COLUMNS}
          rows={of.partitions}
          idOf={({ topic, partition }) => `${topic} ${partition}`}
          toneOf={({ lost: one }) => (one > 0 ? 'bad' : undefined)}
          empty={<Empty title="The group has no place in any topic yet" />}
        />
      </Panel>
    </>
  );
}

const MEMBER_COLUMNS: Column<KafkaMember>[] = [
  { id: 'client', header: 'Client', leads: true, cell: ({ clientId }) => <Code>{clientId}</Code> },
  { id: 'host', header: 'Host', cell: ({ host }) => <Words>{host}</Words> },
  {
    id: 'assignment',
    header: 'Partitions',
    grows: true,
    cell: ({ assignment }) =>
      assignment.map(({ topic, partitions }) => (
        <div key={topic}>
          <code>{topic}</code> {partitions.join(', ')}
        </div>
      )),
  },
];

const PARTITION_COLUMNS: Column<KafkaGroupPartition>[] = [
  {
    id: 'topic',
    header: 'Topic',
    leads: true,
    grows: true,
    cell: ({ topic }) => (
      <Link href={`/kafka/topics/${encodeURIComponent(topic)}`}>
        <Code>{topic}</Code>
      </Link>
    ),
  },
  { id: 'partition', header: 'Partition', align: 'end', cell: ({ partition }) => partition },
  {
    id: 'committed',
    header: 'Taken up to',
    align: 'end',
    cell: ({ committed }) => (committed === undefined ? <Mark tone="plain">never</Mark> : <code>{committed}</code>),
  },
  { id: 'high', header: 'End', align: 'end', cell: ({ high }) => <code>{high}</code> },
  {
    id: 'lag',
    header: 'Lag',
    align: 'end',
    sortBy: ({ lagMessages }) => lagMessages,
    cell: ({ lagMessages }) => count(lagMessages),
  },
  { id: 'behind', header: 'Behind', align: 'end', cell: ({ lagSeconds }) => <Seconds value={lagSeconds} /> },
];
