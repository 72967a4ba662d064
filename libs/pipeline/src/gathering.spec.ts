import { Gathering, type PartControl } from './gathering.js';
import type { ReceivedMessage } from './received-message.js';
import type { BatchControl } from './stage-runner.js';

const message = (partition: number, offset: number): ReceivedMessage => ({
  place: { topic: 't', partition, offset: String(offset) },
  key: null,
  value: null,
  headers: [],
});

/** A partition whose resolved parts and commits can be looked at. */
class FakePart implements PartControl {
  stale = false;
  resolved = 0;
  commits = 0;
  isRunning = (): boolean => true;
  isStale = (): boolean => this.stale;
  heartbeat = (): Promise<void> => Promise.resolve();
  resolve = (): void => void this.resolved++;
  commit = (): void => void this.commits++;
}

type Run = (messages: ReceivedMessage[], control: BatchControl) => Promise<void>;

describe('Gathering', () => {
  it('given parts handed in together, then they are one batch with one commit', async () => {
    const batches: number[] = [];
    const gathering = new Gathering((messages, control) => {
      batches.push(messages.length);
      control.commit();
      return Promise.resolve();
    }, 100);
    const parts = [new FakePart(), new FakePart(), new FakePart()];
    await Promise.all(
      parts.map((part, partition) => gathering.add([message(partition, 1), message(partition, 2)], part)),
    );
    expect(batches).toEqual([6]);
    expect(parts.map(({ resolved }) => resolved)).toEqual([1, 1, 1]);
    expect(parts.reduce((sum, { commits }) => sum + commits, 0)).toBe(1);
  });

  it('given more than a batch may hold, then parts stay whole and go in several', async () => {
    const batches: number[] = [];
    const gathering = new Gathering((messages) => Promise.resolve(void batches.push(messages.length)), 3);
    await Promise.all(
      [0, 1, 2].map((partition) => gathering.add([message(partition, 1), message(partition, 2)], new FakePart())),
    );
    expect(batches).toEqual([2, 2, 2]);
  });

  it('given a partition that went to another, then the rest is committed without it', async () => {
    const gathering = new Gathering((_messages, control) => Promise.resolve(control.commit()), 100);
    const [gone, kept] = [new FakePart(), new FakePart()];
    gone.stale = true;
    await Promise.all([gathering.add([message(0, 1)], gone), gathering.add([message(1, 1)], kept)]);
    expect([gone.resolved, gone.commits, kept.resolved, kept.commits]).toEqual([0, 0, 1, 1]);
  });

  it('given a batch that fails, then its parts fail and the next ones go on', async () => {
    let calls = 0;
    const run: Run = () => (calls++ === 0 ? Promise.reject(new Error('rebalance')) : Promise.resolve());
    const gathering = new Gathering(run, 100);
    const together = await Promise.allSettled(
      [0, 1].map((partition) => gathering.add([message(partition, 1)], new FakePart())),
    );
    expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(gathering.add([message(0, 2)], new FakePart())).resolves.toBeUndefined();
  });

  it('given batches that wait, then no more than three run and what comes meanwhile goes together', async () => {
    const open: (() => void)[] = [];
    const sizes: number[] = [];
    const gathering = new Gathering((messages) => {
      sizes.push(messages.length);
      return new Promise((resolve) => open.push(resolve));
    }, 100);
    const all: Promise<void>[] = [];
    for (let partition = 0; partition < 8; partition++) {
      all.push(gathering.add([message(partition, 1)], new FakePart()));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sizes).toEqual([1, 1, 1]);
    open.splice(0).forEach((finish) => finish());
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(sizes).toEqual([1, 1, 1, 5]);
    open.splice(0).forEach((finish) => finish());
    await Promise.all(all);
  });
});
