import { beforeEach, describe, expect, it } from '@jest/globals';
import { ContentIngested, type ContentIngestedData } from '@wireroom/contracts';
import { UnavailableError } from '@wireroom/platform';
import {
  FakeDeadLetters,
  FakeProducer,
  FakeStore,
  type Journal,
  type NoteDocument,
  bytesMessage,
  envWith,
  ingestedMessage,
  itemId,
  silent,
} from '../testing/fakes.js';
import { PermanentError, TransientError } from './errors.js';
import { Metrics } from './metrics.js';
import { type Outcome, done, skip } from './outcome.js';
import type { ReceivedEvent } from './received-message.js';
import { Relay } from './relay.js';
import { REPLAY_HEADER } from './replay-mark.js';
import { type BatchControl, StageRunner } from './stage-runner.js';
import type { Head } from './stage-store.js';
import { Tracing } from './tracing/tracing.js';

type Handle = (event: ReceivedEvent<ContentIngestedData>, head?: Head<NoteDocument>) => Outcome<string>;

let journal: Journal;
let store: FakeStore;
let producer: FakeProducer;
let deadLetters: FakeDeadLetters;
let metrics: Metrics;
let relay: Relay;

beforeEach(() => {
  journal = [];
  store = new FakeStore(journal);
  producer = new FakeProducer(journal);
  deadLetters = new FakeDeadLetters(journal);
  metrics = new Metrics();
  relay = new Relay(store, producer, envWith({}), silent);
});

function runnerWith(
  handle: Handle,
  settings: { STAGE_MAX_ATTEMPTS?: number } = {},
): StageRunner<ContentIngestedData, string, NoteDocument> {
  const env = envWith(settings);
  return new StageRunner<ContentIngestedData, string, NoteDocument>({
    stage: 'enrichment',
    group: 'wireroom-enrichment',
    hears: ContentIngested,
    store,
    relay,
    deadLetters,
    metrics,
    tracing: new Tracing(),
    env,
    logger: silent,
    handle: (event, head) => Promise.resolve().then(() => handle(event, head)),
  });
}

function controlWith(control: Partial<BatchControl> = {}): BatchControl {
  return {
    isRunning: () => true,
    isStale: () => false,
    heartbeat: () => Promise.resolve(),
    commit: () => void journal.push('commit'),
    ...control,
  };
}

/** `outcome(code)` to how many messages ended so. */
async function endings(): Promise<Record<string, number>> {
  const { values } = await metrics.messages.get();
  return Object.fromEntries(
    values.map(({ labels, value }) => [
      labels.code ? `${labels.outcome}(${labels.code})` : String(labels.outcome),
      value,
    ]),
  );
}

const alwaysDone: Handle = ({ data }) => done(`note ${data.revision}`);

describe('StageRunner', () => {
  it('given a new event, when the rules are done with it, then it is stored, said and committed in that order, and marked', async () => {
    await runnerWith(alwaysDone).run([ingestedMessage(0, { contentId: itemId(1) })], controlWith());

    expect(journal).toEqual(['store 1 of 1', 'send 1', 'commit']);
    await relay.flush();
    expect(journal.at(-1)).toBe('mark 1 of 1');
    expect(await endings()).toEqual({ done: 1 });
  });

  it('given an event unfit by the rules, then it is recorded and committed and nothing is said', async () => {
    await runnerWith(() => skip('too-short')).run([ingestedMessage(0, { contentId: itemId(1) })], controlWith());

    expect(journal).toEqual(['store 1 of 1', 'commit']);
    expect(await endings()).toEqual({ 'skipped(too-short)': 1 });
  });

  it('given a batch that was done before, when it comes again, then the rules are not asked and nothing is said', async () => {
    const batch = [ingestedMessage(0)];
    await runnerWith(alwaysDone).run(batch, controlWith());
    await relay.flush();
    journal.length = 0;

    const neverAgain: Handle = () => {
      throw new Error('asked again');
    };
    await runnerWith(neverAgain).run(batch, controlWith());

    expect(journal).toEqual(['commit']);
    expect(await endings()).toEqual({ done: 1, duplicate: 1 });
  });

  it('given a document a crash left unsaid, when its event comes again, then the same event is said', async () => {
    producer.failure = new Error('crash between store and send');
    const batch = [ingestedMessage(0, { contentId: itemId(1) })];
    await runnerWith(alwaysDone).run(batch, controlWith({ isRunning: () => journal.length === 0 }));
    expect(journal).toEqual(['store 1 of 1']);

    await runnerWith(alwaysDone).run(batch, controlWith());

    expect(journal).toEqual(['store 1 of 1', 'send 1', 'commit']);
    expect(producer.sent).toEqual([...store.documents.values()].map((document) => store.eventOf(document)));
  });

  it('given poison among good messages, then it alone becomes a dead letter with its bytes', async () => {
    const poison = bytesMessage(1, Buffer.from([0xff, 0xfe, 0x7b]));
    const good = [ingestedMessage(0, { contentId: itemId(1) }), ingestedMessage(3, { contentId: itemId(2) })];

    await runnerWith(alwaysDone).run([good[0]!, poison, bytesMessage(2, null), good[1]!], controlWith());

    expect(deadLetters.added.map(({ message }) => message.place.offset)).toEqual(['1', '2']);
    expect(deadLetters.added[0]!.message.value).toBe(poison.value);
    expect(await endings()).toEqual({ done: 2, 'dead-lettered(contract-violation)': 2 });
    expect(journal.slice(-2)).toEqual(['bury 2', 'commit']);
  });

  it('given input that can never succeed, then it is a dead letter at once and its neighbour is done', async () => {
    const handle: Handle = (event) => {
      if (event.data.contentId === itemId(1)) throw new PermanentError('empty');
      return alwaysDone(event);
    };
    const batch = [ingestedMessage(0, { contentId: itemId(1) }), ingestedMessage(1, { contentId: itemId(2) })];

    await runnerWith(handle).run(batch, controlWith());

    expect(deadLetters.added).toMatchObject([{ attempts: 1, contentId: itemId(1), source: 'harbour-news' }]);
    expect(deadLetters.counts.size).toBe(0);
    expect(await endings()).toEqual({ done: 1, 'dead-lettered(empty)': 1 });
  });

  it("given someone else's hiccup, when it passes, then the event is done", async () => {
    let failures = 2;
    const handle: Handle = (event) => {
      if (failures-- > 0) throw new TransientError('slow-neighbour');
      return alwaysDone(event);
    };

    await runnerWith(handle).run([ingestedMessage(0)], controlWith());

    expect([...deadLetters.counts.values()]).toEqual([2]);
    expect(deadLetters.added).toEqual([]);
    expect(await endings()).toEqual({ done: 1 });
  });

  it('given a hiccup that stays, then the message is a dead letter after its attempts', async () => {
    let asked = 0;
    const handle: Handle = () => {
      asked++;
      throw new TransientError('slow-neighbour');
    };

    await runnerWith(handle, { STAGE_MAX_ATTEMPTS: 3 }).run([ingestedMessage(0)], controlWith());

    expect(asked).toBe(3);
    expect(deadLetters.added).toMatchObject([{ attempts: 3 }]);
    expect(await endings()).toEqual({ 'dead-lettered(slow-neighbour)': 1 });
  });

  it('given attempts counted before a restart, then they are not granted again', async () => {
    deadLetters.counts.set('content.ingested.v1/0/0', 2);
    let asked = 0;
    const handle: Handle = () => {
      asked++;
      throw new Error('a bug');
    };

    await runnerWith(handle, { STAGE_MAX_ATTEMPTS: 3 }).run([ingestedMessage(0)], controlWith());

    expect(asked).toBe(1);
    expect(await endings()).toEqual({ 'dead-lettered(unexpected)': 1 });
  });

  it('given a message that nobody planned for, then it alone becomes a dead letter, and the others are done', async () => {
    const persist = store.persist.bind(store);
    store.persist = (decisions) => {
      const breaks = decisions.some(({ event }) => event.data.contentId === itemId(2));
      return breaks ? Promise.reject(new TypeError('Do not know how to serialize a BigInt')) : persist(decisions);
    };
    const batch = [1, 2, 3].map((item) => ingestedMessage(item, { contentId: itemId(item) }));

    await runnerWith(alwaysDone, { STAGE_MAX_ATTEMPTS: 1 }).run(batch, controlWith());

    expect(deadLetters.added).toMatchObject([{ attempts: 1, contentId: itemId(2) }]);
    expect(deadLetters.added[0]!.message.value).toBe(batch[1]!.value);
    expect(await endings()).toEqual({ done: 2, 'dead-lettered(unexpected)': 1 });
    expect(journal).toEqual(['store 1 of 1', 'send 1', 'store 1 of 3', 'send 1', 'bury 1', 'commit']);
  });

  it('given bytes that can not be read and trouble with their dead letter, then it is kept for what they are', async () => {
    const addAll = deadLetters.addAll.bind(deadLetters);
    let troubles = 2;
    deadLetters.addAll = (failures) =>
      failures.length > 0 && troubles-- > 0 ? Promise.reject(new TypeError('what is this?')) : addAll(failures);
    const batch = [ingestedMessage(0, { contentId: itemId(1) }), bytesMessage(1, Buffer.from('no JSON'))];
    let rounds = 0;

    await runnerWith(alwaysDone, { STAGE_MAX_ATTEMPTS: 1 }).run(batch, controlWith({ isRunning: () => rounds++ < 2 }));

    expect(deadLetters.added).toMatchObject([
      { message: batch[1], error: { code: 'contract-violation' }, attempts: 1 },
    ]);
    expect(journal.slice(-2)).toEqual(['bury 1', 'commit']);
    expect(await endings()).toEqual({ duplicate: 1, 'dead-lettered(contract-violation)': 1 });
  });

  it('given trouble that nobody planned for and that passes, then nothing is a dead letter', async () => {
    store.failure = new TypeError('what is this?');

    await runnerWith(alwaysDone).run([ingestedMessage(0, { contentId: itemId(1) })], controlWith());

    expect(deadLetters.added).toEqual([]);
    expect(journal).toEqual(['store 1 of 1', 'send 1', 'commit']);
  });

  it('given our own database is away, then nothing is committed until it is back, and nothing is a dead letter', async () => {
    store.failure = new UnavailableError('mongodb');
    const runner = runnerWith(alwaysDone);

    const running = runner.run([ingestedMessage(0, { contentId: itemId(1) })], controlWith());
    while (runner.unavailableSince === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(journal).toEqual([]);
    await running;

    expect(journal).toEqual(['store 1 of 1', 'send 1', 'commit']);
    expect(runner.unavailableSince).toBeUndefined();
    expect(deadLetters.added).toEqual([]);
  });

  it('given the rules meet a server of ours that is away, then no attempt is counted', async () => {
    let isAway = true;
    const handle: Handle = (event) => {
      if (isAway) {
        isAway = false;
        throw new UnavailableError('kafka');
      }
      return alwaysDone(event);
    };

    await runnerWith(handle).run([ingestedMessage(0)], controlWith());

    expect(deadLetters.counts.size).toBe(0);
    expect(await endings()).toEqual({ done: 1 });
  });

  it('given the consumer is asked to stop while the database is away, then it returns without commit', async () => {
    store.failure = new UnavailableError('mongodb');
    let rounds = 0;

    await runnerWith(alwaysDone).run([ingestedMessage(0)], controlWith({ isRunning: () => rounds++ === 0 }));

    expect(journal).toEqual([]);
  });

  it('given two revisions of one item in one batch, then the second sees the first as stored and is said after it', async () => {
    const heads: (number | undefined)[] = [];
    const handle: Handle = (event, head) => {
      heads.push(head?.revision);
      return alwaysDone(event);
    };
    const batch = [
      ingestedMessage(0, { contentId: itemId(1), revision: 1 }),
      ingestedMessage(1, { contentId: itemId(1), revision: 2 }),
    ];

    await runnerWith(handle).run(batch, controlWith());

    expect(heads).toEqual([undefined, 1]);
    expect(journal).toEqual(['store 1 of 1', 'send 1', 'store 2 of 1', 'send 1', 'commit']);
  });

  it('given an older revision after a newer one, then it is dropped as a duplicate', async () => {
    const batch = [
      ingestedMessage(0, { contentId: itemId(1), revision: 2 }),
      ingestedMessage(1, { contentId: itemId(1), revision: 1 }),
    ];

    await runnerWith(alwaysDone).run(batch, controlWith());

    expect(await endings()).toEqual({ done: 1, duplicate: 1 });
    expect(producer.sent).toHaveLength(1);
  });

  it('given the partition went to another meanwhile, then nothing is committed', async () => {
    let isStale = false;
    const handle: Handle = (event) => {
      isStale = true;
      return alwaysDone(event);
    };

    await runnerWith(handle).run([ingestedMessage(0)], controlWith({ isStale: () => isStale }));

    expect(journal).not.toContain('commit');
  });

  it('given a replayed message that does not fail again, then its dead letter is told how it ended', async () => {
    const replay = { headers: [[REPLAY_HEADER, Buffer.from('token content.ingested.v1/0/7')]] as [string, Buffer][] };
    const batch = [
      { ...ingestedMessage(10, { contentId: itemId(1) }), ...replay },
      { ...ingestedMessage(11, { contentId: itemId(2) }), ...replay },
      { ...bytesMessage(12, Buffer.from('no JSON')), ...replay },
      ingestedMessage(13, { contentId: itemId(3) }),
    ];
    const handle: Handle = ({ data }) => (data.contentId === itemId(2) ? skip('too-short') : done('a note'));

    await runnerWith(handle).run(batch, controlWith());

    expect(deadLetters.recovered.map(({ message, ...ending }) => [message.place.offset, ending])).toEqual([
      ['10', { outcome: 'done', code: undefined, contentId: itemId(1), revision: 1 }],
      ['11', { outcome: 'skipped', code: 'too-short', contentId: itemId(2), revision: 1 }],
    ]);
    expect(deadLetters.added.map(({ message }) => message.place.offset)).toEqual(['12']);
  });
});
