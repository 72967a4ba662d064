import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../../testing/test-clock.js';
import { CircuitBreakers, type Verdict } from './circuit-breakers.js';
import { verdictOf } from './verdict.js';

const KEY = 'harbour-news';
const OPEN = { end: { outcome: 'refused', code: 'circuit-open' } };

function setUp() {
  const clock = new TestClock();
  const circuits = new CircuitBreakers({ clock, random: () => 0.5 });
  let done = 0;
  const ask = (verdict: Verdict, key = KEY): Promise<void> =>
    circuits.run(
      key,
      async () => void done++,
      () => verdict,
    );
  const askOften = async (times: number, verdict: Verdict): Promise<void> => {
    for (let time = 0; time < times; time++) await ask(verdict);
  };
  return { clock, circuits, ask, askOften, work: () => done };
}

describe('a circuit', () => {
  it('opens after five failures in a row, for half a minute', async () => {
    const { ask, askOften, clock, work } = setUp();
    await askOften(5, 'fails');
    await expect(ask('works')).rejects.toMatchObject({ ...OPEN, details: { retryAfterMs: 30_000 } });
    await clock.pass(29_999);
    await expect(ask('works')).rejects.toMatchObject(OPEN);
    expect(work()).toBe(5);
  });

  it('stays closed when failures are not in a row', async () => {
    const { ask, askOften } = setUp();
    for (let time = 0; time < 10; time++) {
      await askOften(4, 'fails');
      await ask('works');
    }
    await expect(ask('works')).resolves.toBeUndefined();
  });

  it('concerns its own key only', async () => {
    const { ask, askOften } = setUp();
    await askOften(5, 'fails');
    await expect(ask('works', 'other')).resolves.toBeUndefined();
  });

  it('lets one request through after the pause, and closes when that works', async () => {
    const { circuits, clock, ask, askOften } = setUp();
    await askOften(5, 'fails');
    await clock.pass(30_000);
    let finish = (): void => {};
    const probe = circuits.run(
      KEY,
      () => new Promise<void>((resolve) => (finish = resolve)),
      () => 'works',
    );
    await expect(ask('works')).rejects.toMatchObject(OPEN);
    finish();
    await probe;
    await askOften(4, 'fails');
    await expect(ask('works')).resolves.toBeUndefined();
  });

  it('opens for twice as long when the one fails, up to an hour', async () => {
    const { clock, ask, askOften } = setUp();
    await askOften(5, 'fails');
    const pauses: number[] = [];
    for (let round = 0; round < 10; round++) {
      const refusal = (await ask('works').catch((error: unknown) => error)) as { details: { retryAfterMs: number } };
      pauses.push(refusal.details.retryAfterMs);
      await clock.pass(refusal.details.retryAfterMs);
      await ask('fails');
    }
    expect(pauses.slice(0, 3)).toEqual([30_000, 60_000, 120_000]);
    expect(pauses.at(-1)).toBe(3_600_000);
  });

  it('lets another through when the one brought nothing to light', async () => {
    const { clock, ask, askOften } = setUp();
    await askOften(5, 'fails');
    await clock.pass(30_000);
    await ask('unknown');
    await expect(ask('works')).resolves.toBeUndefined();
  });

  it('learns nothing from work that throws, and lets go of the probe', async () => {
    const { circuits, clock, ask, askOften } = setUp();
    await askOften(5, 'fails');
    await clock.pass(30_000);
    const broken = circuits.run(
      KEY,
      () => Promise.reject(new Error('a bug')),
      () => 'works',
    );
    await expect(broken).rejects.toThrow('a bug');
    await expect(ask('works')).resolves.toBeUndefined();
  });

  it('is not closed or prolonged by what was under way when it opened', async () => {
    const { circuits, clock, ask, askOften } = setUp();
    let finish = (): void => {};
    const late = circuits.run(
      KEY,
      () => new Promise<void>((resolve) => (finish = resolve)),
      () => 'fails',
    );
    await askOften(5, 'fails');
    finish();
    await late;
    await clock.pass(30_000);
    await expect(ask('works')).resolves.toBeUndefined();
  });
});

describe('verdictOf', () => {
  const failed = { outcome: 'failed' as const, finalUrl: '', redirects: [], tookMs: 0, reason: '' };

  it('blames the host for what is the host’s', () => {
    for (const code of ['timeout', 'connect-failed', 'rate-limited', 'truncated'] as const) {
      expect(verdictOf({ ...failed, code })).toBe('fails');
    }
    expect(verdictOf({ ...failed, code: 'http-status', status: 502 })).toBe('fails');
  });

  it('takes a fault of one address for no fault of the host', () => {
    expect(verdictOf({ ...failed, code: 'http-status', status: 404 })).toBe('works');
    expect(verdictOf({ ...failed, code: 'too-large' })).toBe('works');
  });

  it('learns nothing from what was not asked', () => {
    expect(verdictOf({ ...failed, code: 'aborted' })).toBe('unknown');
    expect(verdictOf({ outcome: 'refused', code: 'robots-disallowed', reason: '' })).toBe('unknown');
  });
});
