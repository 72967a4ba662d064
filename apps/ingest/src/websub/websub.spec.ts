import { afterEach, describe, expect, it } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import type { FetchAnswer, Subscription } from '@wireroom/fetching';
import { UnavailableError, createLogger } from '@wireroom/platform';
import type { PushOffer } from '../sources/source.schema.js';
import { WebSub } from './websub.js';

const HUB = 'https://hub.example/';
const OFFER = { source: 'skerry', hub: HUB, topic: 'https://skerry.example/feed' };
const ACCEPTED: FetchAnswer = {
  outcome: 'fetched',
  status: 202,
  finalUrl: HUB,
  redirects: [],
  tookMs: 1,
  headers: {},
  optOut: [],
  body: new Uint8Array(),
  bytes: 0,
  wireBytes: 0,
};

let websub: WebSub;

afterEach(() => websub.onModuleDestroy());

/** One instance with what its sources offer, its subscriptions, and what it asked of hubs. */
function start({ offers = [OFFER], callback = 'https://wire.example/v1/websub/', fails = 0 } = {}) {
  const kept = new Map<string, Subscription>();
  const asked: { hub: string; mode: string | null }[] = [];
  const noted: Map<string, Date>[] = [];
  const followed = () => [...kept.values()].filter(({ wants }) => wants === 'subscribe');
  const store = {
    find: async (id: string) => kept.get(id),
    findBySource: async (source: string) => followed().find((one) => one.source === source),
    listFollowed: async () => followed(),
    listDue: async (now: number) => [...kept.values()].filter(({ nextAt = Infinity }) => nextAt <= now),
    add: async (one: Subscription) => void kept.set(one.id, one),
    update: async (id: string, change: (current: Subscription) => Subscription | undefined) => {
      const current = kept.get(id);
      const next = current && change(current);
      if (next) kept.set(id, next);
      return next;
    },
  };
  const sources = {
    listOffers: async (): Promise<({ source: string } & PushOffer)[]> => {
      if (fails-- > 0) throw new UnavailableError('mongodb');
      return offers;
    },
    notePushes: async (pushes: Map<string, Date>) => void noted.push(pushes),
  };
  const fetch = async (hub: string, { body = '' }: { body?: string | Uint8Array } = {}) => {
    asked.push({ hub, mode: new URLSearchParams(String(body)).get('hub.mode') });
    return ACCEPTED;
  };
  const env = { WEBSUB_CALLBACK_URL: callback === '' ? undefined : callback };
  websub = new WebSub(store, sources, { fetch }, env, createLogger('websub', 'silent'));
  return { kept, asked, noted };
}

function active(source: string): Subscription {
  const leaseUntil = Date.now() + 3_600_000;
  return { ...OFFER, id: source, source, wants: 'subscribe', state: 'active', failures: 0, leaseUntil };
}

describe('WebSub', () => {
  it('asks the hub that a source offers', async () => {
    const { asked } = start();
    websub.onApplicationBootstrap();
    await waitUntil(async () => asked.length > 0, 5_000);
    expect(asked).toEqual([{ hub: HUB, mode: 'subscribe' }]);
  });

  it('leaves the hub of a source that offers none any more, or is not polled', async () => {
    const { asked, kept } = start({ offers: [] });
    kept.set('skerry', active('skerry'));
    websub.onApplicationBootstrap();
    await waitUntil(async () => asked.length > 0, 5_000);
    expect(asked).toEqual([{ hub: HUB, mode: 'unsubscribe' }]);
  });

  it('notes until when hubs push', async () => {
    const { asked, kept, noted } = start();
    const subscription = active('skerry');
    kept.set('skerry', subscription);
    websub.onApplicationBootstrap();
    await waitUntil(async () => noted.length > 0, 5_000);
    expect(noted[0]).toEqual(new Map([['skerry', new Date(subscription.leaseUntil ?? NaN)]]));
    expect(asked).toEqual([]);
  });

  it('tries again when storage was away', async () => {
    const { asked } = start({ fails: 1 });
    websub.onApplicationBootstrap();
    await waitUntil(async () => asked.length > 0, 15_000);
  }, 20_000);

  it('does nothing where hubs cannot call', async () => {
    const { asked } = start({ callback: '' });
    websub.onApplicationBootstrap();
    await websub.onModuleDestroy();
    expect([websub.subscriber, asked]).toEqual([undefined, []]);
  });
});
