import { describe, expect, it } from '@jest/globals';
import { OneAtATime } from './one-at-a-time.js';

describe('OneAtATime', () => {
  it('given work that shares a name, then it runs in order, past failures; other work does not wait', async () => {
    const order = new OneAtATime();
    const log: string[] = [];
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const first = order.run(['a', 'b'], async () => {
      await gate;
      log.push('first');
      throw new Error('it failed');
    });
    const second = order.run(['b', 'c'], async () => void log.push('second'));
    const third = order.run(['c'], async () => void log.push('third'));
    await order.run(['d'], async () => void log.push('other'));
    open();
    await expect(first).rejects.toThrow('it failed');
    await Promise.all([second, third]);
    expect(log).toEqual(['other', 'first', 'second', 'third']);
  });
});
