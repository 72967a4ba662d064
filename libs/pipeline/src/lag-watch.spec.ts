import { describe, expect, it } from '@jest/globals';
import type { Kafka } from 'kafkajs';
import { silent } from '../testing/fakes.js';
import type { DeadLetters } from './dead-letters.js';
import { LagWatch } from './lag-watch.js';
import { Metrics } from './metrics.js';
import type { StageDocument } from './stage-document.js';
import type { StageStore } from './stage-store.js';
import type { StageTransport } from './stage-transport.js';

/** A watch of a broker that answers from the given attempt to connect on; it notes when each was made. */
function watchOf({ answersFrom }: { answersFrom: number }): { watch: LagWatch; attempts: number[] } {
  const attempts: number[] = [];
  const admin = {
    connect: async () => {
      if (attempts.push(performance.now()) < answersFrom) throw new Error('nobody listens');
    },
    disconnect: () => Promise.resolve(),
    fetchTopicOffsets: () => Promise.resolve([{ partition: 0, high: '12', low: '5' }]),
    fetchOffsets: () => Promise.resolve([{ partitions: [{ partition: 0, offset: '9' }] }]),
  };
  const kafka = { admin: () => admin } as unknown as Kafka;
  const transport = { groupId: 'wireroom-enrichment' } as StageTransport;
  const store = { unsaid: () => Promise.resolve({ count: 0, oldestSeconds: 0 }) } as unknown as StageStore<
    object,
    unknown,
    StageDocument
  >;
  const deadLetters = { countOpen: () => Promise.resolve(0) } as unknown as DeadLetters;
  const watch = new LagWatch('enrichment', kafka, silent, transport, store, deadLetters, new Metrics());
  return { watch, attempts };
}

describe('the watch over lag and servers', () => {
  it('tells what the group has not committed', async () => {
    const { watch } = watchOf({ answersFrom: 1 });
    await watch.look();
    expect(watch).toMatchObject({ lag: 3, kafkaAnswers: true, mongoAnswers: true });
  });

  it('says that the broker is away, and nothing of a lag', async () => {
    const { watch } = watchOf({ answersFrom: 2 });
    await watch.look();
    expect(watch).toMatchObject({ lag: undefined, kafkaAnswers: false, mongoAnswers: true });
  });

  it('looks again sooner than usual while a server is away, so that readiness turns soon after it is back', async () => {
    const { watch, attempts } = watchOf({ answersFrom: 2 });
    watch.onApplicationBootstrap();
    while (!watch.kafkaAnswers) await new Promise((resolve) => setTimeout(resolve, 10));
    await watch.onModuleDestroy();
    expect(attempts[1]! - attempts[0]!).toBeLessThan(4500);
  });

  it('takes the figures once for all who ask at the same time', async () => {
    const { watch, attempts } = watchOf({ answersFrom: 1 });
    await Promise.all([watch.look(), watch.look()]);
    expect(attempts).toHaveLength(1);
  });
});
