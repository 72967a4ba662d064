import { describe, expect, it } from '@jest/globals';
import {
  type Subscription,
  asking,
  confirmed,
  isPushing,
  leaving,
  newSubscription,
  notReached,
  refused,
  secretsOf,
} from './subscription.js';

const NOW = Date.parse('2026-11-03T08:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function fresh(): Subscription {
  return newSubscription(
    { id: 'id-1', source: 'harbour-news', hub: 'https://hub.example/', topic: 'https://news.example/feed' },
    NOW,
  );
}

const active = (): Subscription => confirmed(asking(fresh(), 'first', NOW), 1_000, NOW);

describe('a subscription', () => {
  it('is asked for at once, and again when the hub does not confirm it', () => {
    expect(fresh()).toMatchObject({ state: 'asked', nextAt: NOW, failures: 0 });
    const asked = asking(fresh(), 'first', NOW);
    expect(asked).toMatchObject({ offeredSecret: 'first', failures: 1, nextAt: NOW + 10 * MINUTE });
    expect(asking(asked, 'second', NOW)).toMatchObject({ offeredSecret: 'first', failures: 2 });
  });

  it('pushes once it is confirmed, until its lease is over, and is renewed before', () => {
    expect(active()).toMatchObject({ state: 'active', secret: 'first', failures: 0, nextAt: NOW + 800_000 });
    expect(isPushing(active(), NOW + 999_999)).toBe(true);
    expect(isPushing(active(), NOW + 1_000_000)).toBe(false);
    expect(isPushing(fresh(), NOW)).toBe(false);
  });

  it('has a lease of fair length, whatever the hub says', () => {
    const lease = (seconds: number | undefined) => (confirmed(fresh(), seconds, NOW).leaseUntil ?? 0) - NOW;
    expect([lease(0), lease(undefined), lease(10 ** 12)]).toEqual([5 * MINUTE, 10 * DAY, 60 * DAY]);
  });

  it('changes its secret with each renewal, and knows the one before for what is on its way', () => {
    const renewing = asking(active(), 'second', NOW);
    expect(secretsOf(renewing)).toEqual(['first', 'second']);
    const renewed = confirmed(renewing, 1_000, NOW);
    expect(renewed).toMatchObject({ secret: 'second', previousSecret: 'first' });
    expect(secretsOf(confirmed(asking(renewed, 'third', NOW), 1_000, NOW))).toEqual(['third', 'second']);
  });

  it('keeps its secrets when the hub confirms it once more', () => {
    expect(secretsOf(confirmed(active(), 1_000, NOW))).toEqual(['first']);
  });

  it('goes on pushing while a renewal fails, which is tried ever more rarely', () => {
    let renewing = active();
    const waits: number[] = [];
    for (let time = 0; time < 12; time++) {
      renewing = notReached(asking(renewing, 'second', NOW), { reason: 'no connection' }, NOW);
      waits.push((renewing.nextAt ?? 0) - NOW);
    }
    expect(isPushing(renewing, NOW)).toBe(true);
    expect(waits.slice(0, 4)).toEqual([MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]);
    expect(waits.at(-1)).toBe(6 * HOUR);
    expect(notReached(asking(active(), 's', NOW), { reason: 'x', retryAfterMs: HOUR }, NOW).nextAt).toBe(NOW + HOUR);
  });

  it('is not undone by an answer that gets lost after the hub has confirmed', () => {
    expect(notReached(active(), { reason: 'timeout' }, NOW)).toEqual(active());
  });

  it('that is refused is tried again after a day', () => {
    const no = refused(active(), 'x'.repeat(5_000), NOW);
    expect(no).toMatchObject({ state: 'refused', nextAt: NOW + DAY });
    expect(no.reason).toHaveLength(200);
    expect(isPushing(no, NOW)).toBe(false);
  });

  it('ends when we leave and the hub confirms, refuses or does not answer', () => {
    const going = leaving(active(), NOW);
    expect(going).toMatchObject({ wants: 'unsubscribe', nextAt: NOW, failures: 0 });
    expect(leaving({ ...going, nextAt: 7 }, NOW)).toHaveProperty('nextAt', 7);
    expect(asking(going, 'new', NOW)).not.toHaveProperty('offeredSecret', 'new');
    expect(confirmed(going, 1_000, NOW)).toMatchObject({ state: 'ended', nextAt: undefined });
    expect(refused(going, 'no', NOW)).toMatchObject({ state: 'ended' });
    let waiting = going;
    for (let time = 0; time < 5; time++) waiting = notReached(asking(waiting, '', NOW), { reason: 'away' }, NOW);
    expect(waiting).toMatchObject({ state: 'ended', nextAt: undefined });
  });
});
