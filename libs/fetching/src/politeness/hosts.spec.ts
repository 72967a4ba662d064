import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../../testing/test-clock.js';
import { Hosts, type HostsOptions, type Turn, type Wish } from './hosts.js';

const HOST = 'news.example';
const PATIENT: Wish = { maxWaitMs: 10 * 60_000 };

function setUp(options: Partial<HostsOptions> = {}) {
  const clock = new TestClock();
  const hosts = new Hosts({
    clock,
    random: () => 0.5,
    hostConcurrency: 2,
    concurrency: 100,
    hostIntervalMs: 0,
    ...options,
  });
  return { clock, hosts };
}

/** Enters so often, and tells when the turns came. */
function enterOften(times: number, { hosts, clock }: ReturnType<typeof setUp>, wish = PATIENT, host = HOST) {
  const turns: { at: number; turn: Turn }[] = [];
  const ends = Array.from({ length: times }, () =>
    hosts.enter(host, wish).then(
      (turn) => void turns.push({ at: clock.now(), turn }),
      (error: unknown) => error,
    ),
  );
  return { turns, ends };
}

/** A request that is answered at once. */
async function ask({ hosts }: ReturnType<typeof setUp>, slowDown?: { restMs?: number }, wish = PATIENT): Promise<void> {
  (await hosts.enter(HOST, wish)).end(slowDown);
}

/** How long the host lets wait now. */
async function pauseOf(parts: ReturnType<typeof setUp>): Promise<number> {
  const began = parts.clock.now();
  const { turns } = enterOften(1, parts);
  await parts.clock.pass(PATIENT.maxWaitMs);
  turns[0]?.turn.end();
  return (turns[0]?.at ?? NaN) - began;
}

describe('a host', () => {
  it('is asked by two at once, in order', async () => {
    const parts = setUp();
    const { turns } = enterOften(3, parts);
    await parts.clock.pass(1_000);
    expect(turns).toHaveLength(2);
    turns[0]?.turn.end();
    await parts.clock.pass(0);
    expect(turns).toHaveLength(3);
  });

  it('does not hold up another', async () => {
    const parts = setUp();
    enterOften(5, parts);
    const { turns } = enterOften(1, parts, PATIENT, 'other.example');
    await parts.clock.pass(0);
    expect(turns).toHaveLength(1);
  });

  it('is asked with a pause between, jitter on both sides', async () => {
    for (const [random, pause] of [
      [0, 800],
      [0.5, 1_000],
      [1, 1_200],
    ] as const) {
      const parts = setUp({ hostIntervalMs: 1_000, random: () => random });
      await ask(parts);
      expect(await pauseOf(parts)).toBeCloseTo(pause);
    }
  });

  it('gets the pause robots.txt asks for', async () => {
    const parts = setUp();
    await ask(parts, undefined, { ...PATIENT, crawlDelayMs: 5_000 });
    expect(await pauseOf(parts)).toBe(5_000);
  });

  it('is asked ever slower while it is overtaxed, and recovers slowly', async () => {
    const parts = setUp();
    const pauses: number[] = [];
    for (let round = 0; round < 8; round++) {
      await ask(parts, {});
      const began = parts.clock.now();
      const next = enterOften(1, parts);
      await parts.clock.pass(PATIENT.maxWaitMs);
      pauses.push((next.turns[0]?.at ?? NaN) - began);
      next.turns[0]?.turn.end({});
      await parts.clock.pass(PATIENT.maxWaitMs);
    }
    expect(pauses.slice(0, 3)).toEqual([1_000, 4_000, 16_000]);
    expect(pauses.at(-1)).toBe(60_000);

    const recovered: number[] = [];
    for (let round = 0; round < 60; round++) {
      const began = parts.clock.now();
      const one = enterOften(2, parts);
      await parts.clock.pass(PATIENT.maxWaitMs);
      recovered.push((one.turns[1]?.at ?? NaN) - began);
      one.turns.forEach(({ turn }) => turn.end());
    }
    expect(recovered[5]).toBeGreaterThan(10_000);
    expect(recovered.at(-1)).toBe(0);
  });

  it('rests as long as it wishes, whoever has waited already', async () => {
    const parts = setUp({ hostConcurrency: 3 });
    const { turns } = enterOften(1, parts);
    await parts.clock.pass(0);
    turns[0]?.turn.end({ restMs: 90_000 });
    expect(await pauseOf(parts)).toBe(90_000);
  });

  it('that rests longer than the caller would wait is refused at once', async () => {
    const parts = setUp();
    await ask(parts, { restMs: 90_000 });
    await expect(ask(parts, undefined, { maxWaitMs: 60_000 })).rejects.toMatchObject({
      end: { outcome: 'refused', code: 'host-busy' },
      details: { retryAfterMs: 90_000 },
    });
    expect(parts.clock.now()).toBe(0);
  });

  it('whose turns are taken is refused when the caller has waited enough', async () => {
    const parts = setUp();
    enterOften(2, parts);
    const { ends } = enterOften(1, parts, { maxWaitMs: 5_000 });
    await parts.clock.pass(5_000);
    await expect(ends[0]).resolves.toMatchObject({ end: { outcome: 'refused', code: 'host-busy' } });
  });

  it('is left by a caller that gives up, without losing a place', async () => {
    const parts = setUp({ hostConcurrency: 1 });
    const { turns } = enterOften(1, parts);
    const control = new AbortController();
    const { ends } = enterOften(1, parts, { ...PATIENT, signal: control.signal });
    const last = enterOften(1, parts);
    await parts.clock.pass(0);
    control.abort();
    await expect(ends[0]).resolves.toMatchObject({ end: { outcome: 'failed', code: 'aborted' } });
    turns[0]?.turn.end();
    await parts.clock.pass(0);
    expect(last.turns).toHaveLength(1);
  });

  it('is not entered by a caller that gave up before', async () => {
    const parts = setUp({ hostIntervalMs: 1_000 });
    await ask(parts);
    const gone = { ...PATIENT, signal: AbortSignal.abort() };
    await expect(ask(parts, undefined, gone)).rejects.toMatchObject({ end: { code: 'aborted' } });
  });
});

describe('all hosts', () => {
  it('share the places there are', async () => {
    const parts = setUp({ concurrency: 3 });
    const turns = ['a', 'b', 'c', 'd'].map((host) => enterOften(1, parts, PATIENT, host).turns);
    await parts.clock.pass(0);
    expect(turns.map(({ length }) => length)).toEqual([1, 1, 1, 0]);
    turns[1]?.[0]?.turn.end();
    await parts.clock.pass(0);
    expect(turns[3]).toHaveLength(1);
  });

  it('are forgotten when they are idle and many', async () => {
    const parts = setUp({ hostIntervalMs: 100 });
    for (let host = 0; host < 6_000; host++) {
      (await parts.hosts.enter(`${host}.example`, PATIENT)).end();
      if (host % 1_000 === 0) await parts.clock.pass(200);
    }
    expect(parts.hosts.size).toBeLessThan(3_100);
  });

  it('are remembered while they rest', async () => {
    const parts = setUp();
    await ask(parts, { restMs: 60_000 });
    for (let host = 0; host < 3_000; host++) (await parts.hosts.enter(`${host}.example`, PATIENT)).end();
    expect(await pauseOf(parts)).toBe(60_000);
  });
});
