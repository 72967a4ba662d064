import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { Afterwards } from './afterwards.js';

describe('Afterwards', () => {
  it('given many who ask, then the work is done once for all', async () => {
    let times = 0;
    const afterwards = new Afterwards(() => Promise.resolve(void times++));
    for (let count = 0; count < 5; count++) afterwards.soon();
    expect(times).toBe(0);
    await sleep(200);
    expect(times).toBe(1);
  });

  it('given work under way, then the next waits for its end', async () => {
    const journal: string[] = [];
    const afterwards = new Afterwards(async () => {
      journal.push('begin');
      await sleep(20);
      journal.push('end');
    });
    await Promise.all([afterwards.now(), afterwards.now()]);
    expect(journal).toEqual(['begin', 'end', 'begin', 'end']);
  });

  it('given work that waits, then asking for it now leaves nothing for later', async () => {
    let times = 0;
    const afterwards = new Afterwards(() => Promise.resolve(void times++));
    afterwards.soon();
    await afterwards.now();
    await sleep(200);
    expect(times).toBe(1);
  });
});
