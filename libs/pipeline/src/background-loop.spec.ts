import { describe, expect, it } from '@jest/globals';
import { BackgroundLoop } from './background-loop.js';

const never = (error: unknown): never => {
  throw error;
};

/** Something a turn can be held up by. */
function gate(): { promise: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => (open = resolve));
  return { promise, open };
}

describe('a background loop', () => {
  it('takes turn after turn until it is stopped', async () => {
    const enough = gate();
    let turns = 0;
    const turn = async (): Promise<void> => {
      if ((turns += 1) === 3) enough.open();
    };
    const loop = new BackgroundLoop({ turn, everyMs: 1, onError: never });
    loop.start();
    loop.start();
    await enough.promise;
    await loop.stop();
    const atStop = turns;
    await new Promise(setImmediate);
    expect(turns).toBe(atStop);
  });

  it('ends when the turn under way has ended, which can hear of it', async () => {
    const begun = gate();
    const ended: string[] = [];
    const turn = async (stopping: AbortSignal): Promise<void> => {
      begun.open();
      await new Promise((resolve) => stopping.addEventListener('abort', resolve));
      ended.push('turn');
    };
    const loop = new BackgroundLoop({ turn, everyMs: 1, onError: never });
    loop.start();
    await begun.promise;
    await loop.stop();
    ended.push('loop');
    expect(ended).toEqual(['turn', 'loop']);
  });

  it('waits as long as the turn says, else as it always does, and wakes up to stop', async () => {
    const asked: number[] = [];
    const hour = 60 * 60_000;
    const second = gate();
    const turn = async (): Promise<number | void> => {
      asked.push(Date.now());
      if (asked.length === 1) return 0;
      second.open();
    };
    const loop = new BackgroundLoop({ turn, everyMs: hour, onError: never });
    loop.start();
    await second.promise;
    await loop.stop();
    expect(asked).toHaveLength(2);
  });

  it('goes on after a turn that failed, and tells of it', async () => {
    const enough = gate();
    const told: unknown[] = [];
    let turns = 0;
    const turn = async (): Promise<void> => {
      if ((turns += 1) === 2) enough.open();
      throw new Error(`turn ${turns}`);
    };
    const onError = (error: unknown): number => {
      told.push((error as Error).message);
      return turns === 1 ? 0 : 60 * 60_000;
    };
    const loop = new BackgroundLoop({ turn, everyMs: 60 * 60_000, onError });
    loop.start();
    await enough.promise;
    await loop.stop();
    expect(told).toEqual(['turn 1', 'turn 2']);
  });

  it('that never started has nothing to stop', async () => {
    await expect(new BackgroundLoop({ turn: never, everyMs: 1, onError: never }).stop()).resolves.toBeUndefined();
  });
});
