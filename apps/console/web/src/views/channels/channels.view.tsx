import { useQuery } from '@tanstack/react-query';
import type {
  ChannelView,
  ChannelsAnswer,
  ChannelsOverview,
  StreamReaderView,
  StreamView,
  TopicReaderView,
} from '@wireroom/contracts';
import { Link } from 'wouter';
import { call } from '../../api/call.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { OutsideLink } from '../../parts/outside-link.js';
import { Figure, Figures, Page, Panel } from '../../parts/page.js';
import { Answer, Empty, Notice } from '../../parts/states.js';
import { Code, Explained, Headline, Mark, Seconds, When, Words } from '../../parts/words.js';
import { harmless } from '../../text/harmless.js';
import { bytes, count, counted } from '../../text/numbers.js';
import css from './channels.module.css';

export default function ChannelsView() {
  const channels = useQuery({
    queryKey: ['channels'],
    queryFn: ({ signal }) => call('channels', { signal }),
    refetchInterval: 3000,
  });
  return (
    <Page
      title="Channels"
      lead="How readers get what is published. They come for it themselves: nothing is pushed, so nothing backs off, and a reader that was away goes on from where it was."
    >
      <Answer of={channels} lines={10}>
        {(answer) => (
          <>
            <Missing of={answer} />
            {answer.publishing && <Served of={answer.publishing} released={answer.releasedLastHour} />}
            <TopicReaders of={answer} />
          </>
        )}
      </Answer>
    </Page>
  );
}

const GAPS: Record<string, string> = {
  publishing: 'How the channels fare is not known, as publishing does not answer',
  topicReaders: 'Who reads the topic is not known, as the brokers do not answer',
  releasedLastHour: 'How much was released is not known, as the console can’t read its books',
};

/** What could not be had is named, never guessed. */
function Missing({ of }: { of: ChannelsOverview }) {
  return of.unavailable.map(({ figure, reason }) => (
    <Notice key={figure} tone="warn">
      {GAPS[figure] ?? figure}: <Words>{reason}</Words>
    </Notice>
  ));
}

function Served({ of, released }: { of: ChannelsAnswer; released: number | undefined }) {
  const { stream, lastRelease } = of;
  return (
    <>
      <Panel>
        <Figures>
          <Figure label="Released, last hour" value={count(released)} href="/items?outcome=published&window=1h" />
          <Figure
            label="Readers of the stream"
            value={count(stream.readers.length)}
            hint={`of ${count(stream.maxReaders)} at once`}
            tone={stream.readers.length >= stream.maxReaders ? 'warn' : 'plain'}
          />
          <Figure
            label="Cut off for being slow"
            value={count(stream.cutOff)}
            tone={stream.cutOff > 0 ? 'warn' : 'plain'}
          />
        </Figures>
        {lastRelease ? (
          <p className={css.last}>
            <span className={css.quiet}>
              {lastRelease.status === 'retracted' ? 'Retracted last' : 'Released last'},{' '}
              <When at={lastRelease.releasedAt} as="ago" />
            </span>
            <Link href={`/items/${lastRelease.contentId}?revision=${lastRelease.revision}`}>
              <Headline>{lastRelease.title}</Headline>
            </Link>
          </p>
        ) : (
          <p className={css.quiet}>Nothing was ever released.</p>
        )}
      </Panel>
      <Panel
        title="Calls, feeds, stream"
        hint={
          <>
            requests as counted by <Code>{of.instance}</Code> since <When at={of.since} />
          </>
        }
        flush
      >
        <DataTable
          label="Channels"
          columns={CHANNEL_COLUMNS}
          rows={of.channels}
          idOf={({ name }) => name}
          toneOf={({ health }) => HEALTH_TONES[health]}
          empty={<Empty title="There is no channel" />}
        />
      </Panel>
      <StreamReaders of={stream} />
    </>
  );
}

function StreamReaders({ of }: { of: StreamView }) {
  return (
    <Panel
      title="Readers of the stream"
      hint={
        <>
          longest connected first; a release was heard last <When at={of.lastHeardAt} as="ago" />; one for whom more
          than {bytes(of.maxWaitingBytes)} wait is cut off, and comes back to where it was
        </>
      }
      flush
    >
      <DataTable
        label="Readers of the stream"
        columns={READER_COLUMNS}
        rows={of.readers}
        idOf={({ id }) => id}
        toneOf={({ state }) => (state === 'slow' ? 'warn' : undefined)}
        empty={
          of.isOpen ? (
            <Empty title="Nobody reads the stream now" />
          ) : (
            <Empty title="The stream is not open">It is looking for its place on the topic.</Empty>
          )
        }
      />
    </Panel>
  );
}

function TopicReaders({ of: { topic, topicReaders } }: { of: ChannelsOverview }) {
  if (topicReaders === undefined) return null;
  return (
    <Panel
      title="Readers of the topic"
      hint={
        <>
          consumer groups with a place on{' '}
          <Link href={`/kafka/topics/${encodeURIComponent(topic)}`}>
            <Code>{topic}</Code>
          </Link>
        </>
      }
      flush
    >
      <DataTable
        label="Readers of the topic"
        columns={GROUP_COLUMNS}
        rows={topicReaders}
        idOf={({ group }) => group}
        hrefOf={hrefOf}
        toneOf={({ lost }) => (lost > 0 ? 'bad' : undefined)}
        empty={
          <Empty title="No consumer group has a place on it">
            A reader that commits no offsets keeps its own place and is not seen here.
          </Empty>
        }
      />
    </Panel>
  );
}

const HEALTH_TONES = { ok: undefined, degraded: 'warn', down: 'bad' } as const;

function Health({ of: { health, reasons, asked } }: { of: ChannelView }) {
  if (health === 'ok' && asked === 0) return <Mark tone="plain">not asked yet</Mark>;
  if (health === 'ok') return <Mark tone="good">well</Mark>;
  return (
    <Mark tone={HEALTH_TONES[health]}>
      <Explained by={harmless(reasons.join('; '), 600)}>{health}</Explained>
    </Mark>
  );
}

const CHANNEL_WORDS: Record<ChannelView['name'], string> = {
  articles: 'Articles, by call',
  rss: 'Feed, RSS',
  atom: 'Feed, Atom',
  json: 'Feed, JSON',
  stream: 'Stream',
};

const CHANNEL_COLUMNS: Column<ChannelView>[] = [
  {
    id: 'name',
    header: 'Channel',
    leads: true,
    grows: true,
    cell: ({ name, address }) => (
      <div className={css.name}>
        <b>{CHANNEL_WORDS[name]}</b>
        <OutsideLink href={address} />
      </div>
    ),
  },
  { id: 'health', header: 'Health', cell: (channel) => <Health of={channel} /> },
  { id: 'asked', header: 'Asked', align: 'end', cell: ({ asked }) => count(asked) },
  { id: 'failed', header: 'Not served', align: 'end', cell: ({ failed }) => count(failed) },
  {
    id: 'streak',
    header: 'In a row now',
    align: 'end',
    cell: ({ errorStreak }) => count(errorStreak),
  },
  {
    id: 'error',
    header: 'Last error',
    cell: ({ lastError }) =>
      lastError === undefined ? (
        '–'
      ) : (
        <Explained by={harmless(lastError.reason, 600)}>
          <Code>{lastError.code}</Code> <When at={lastError.at} as="ago" />
        </Explained>
      ),
  },
  { id: 'last', header: 'Last asked', align: 'end', cell: ({ lastAskedAt }) => <When at={lastAskedAt} as="ago" /> },
];

const READER_MARKS = {
  'catching-up': { tone: 'busy', word: 'catching up' },
  live: { tone: 'good', word: 'live' },
  slow: { tone: 'warn', word: 'slow' },
} as const;

const READER_COLUMNS: Column<StreamReaderView>[] = [
  {
    id: 'reader',
    header: 'Reader',
    leads: true,
    grows: true,
    cell: ({ agent, address }) => (
      <div className={css.name}>
        <b>{agent === undefined ? 'unnamed' : <Words limit={120}>{agent}</Words>}</b>
        <span className={css.quiet}>{address}</span>
      </div>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => <Mark tone={READER_MARKS[state].tone}>{READER_MARKS[state].word}</Mark>,
  },
  {
    id: 'since',
    header: 'Connected',
    align: 'end',
    sortBy: ({ connectedAt }) => connectedAt,
    cell: ({ connectedAt }) => <When at={connectedAt} as="ago" />,
  },
  { id: 'sent', header: 'Sent', align: 'end', sortBy: ({ sent }) => sent, cell: ({ sent }) => count(sent) },
  { id: 'last', header: 'Last item', align: 'end', cell: ({ lastSentAt }) => <When at={lastSentAt} as="ago" /> },
  {
    id: 'waiting',
    header: 'Waits for it',
    align: 'end',
    sortBy: ({ waitingBytes }) => waitingBytes,
    cell: ({ waitingBytes }) => bytes(waitingBytes),
  },
];

function hrefOf({ group }: TopicReaderView): string {
  return `/kafka/groups/${encodeURIComponent(group)}`;
}

const GROUP_COLUMNS: Column<TopicReaderView>[] = [
  {
    id: 'group',
    header: 'Group',
    leads: true,
    grows: true,
    cell: (reader) => (
      <Link href={hrefOf(reader)}>
        <Code>{reader.group}</Code>
      </Link>
    ),
  },
  { id: 'state', header: 'State', cell: ({ state }) => state },
  { id: 'members', header: 'Members', align: 'end', cell: ({ members }) => count(members) },
  {
    id: 'lag',
    header: 'Lag',
    align: 'end',
    sortBy: ({ lagMessages }) => lagMessages,
    cell: ({ lagMessages }) => counted(lagMessages, 'message'),
  },
  { id: 'behind', header: 'Behind', align: 'end', cell: ({ lagSeconds }) => <Seconds value={lagSeconds} /> },
  { id: 'lost', header: 'Lost by age', align: 'end', cell: ({ lost }) => count(lost) },
];
