import { describe, expect, it } from '@jest/globals';
import type { StreamReaderView, StreamView } from '@wireroom/contracts';
import { healthOf } from './channel-health.js';
import type { Visits } from './channel-visits.js';

const AT = '2026-03-02T08:00:00.000Z';
const VISITS: Visits = { asked: 12, failed: 0, errorStreak: 0 };
const STREAM: StreamView = { isOpen: true, maxReaders: 2, maxWaitingBytes: 1000, cutOff: 0, readers: [] };
const READER: StreamReaderView = {
  id: 'd3c7a1a0-93fb-4f86-9c53-7e5a5c1c9a01',
  address: '127.0.0.1',
  connectedAt: AT,
  state: 'live',
  sent: 0,
  waitingBytes: 0,
};

const failing = (errorStreak: number): Visits => ({
  ...VISITS,
  failed: errorStreak,
  errorStreak,
  lastError: { code: 'unavailable', reason: 'mongodb is not available', at: AT },
});

describe('healthOf', () => {
  it('is well while requests are served', () => {
    expect(healthOf(VISITS)).toEqual({ health: 'ok', reasons: [] });
    expect(healthOf(VISITS, { ...STREAM, readers: [READER] })).toEqual({ health: 'ok', reasons: [] });
  });

  it('is well again after failures that are over', () => {
    expect(healthOf({ ...failing(9), errorStreak: 0 }).health).toBe('ok');
  });

  it('is degraded from the first request that was not served, and down from the third in a row', () => {
    expect(healthOf(failing(1))).toEqual({
      health: 'degraded',
      reasons: ['the last request was not served: mongodb is not available'],
    });
    expect(healthOf(failing(2)).health).toBe('degraded');
    expect(healthOf(failing(3))).toEqual({
      health: 'down',
      reasons: ['the last 3 requests were not served: mongodb is not available'],
    });
  });

  it('is down while the stream has no place on the topic, and degraded while it takes nobody more', () => {
    expect(healthOf(VISITS, { ...STREAM, isOpen: false }).health).toBe('down');
    expect(healthOf(VISITS, { ...STREAM, readers: [READER, READER] })).toEqual({
      health: 'degraded',
      reasons: ['all its 2 places are taken'],
    });
  });
});
