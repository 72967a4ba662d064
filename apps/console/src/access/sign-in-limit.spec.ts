import { describe, expect, it } from '@jest/globals';
import { SignInLimit } from './sign-in-limit.js';

const fail = (): Promise<never> => Promise.reject(new Error('no'));
const succeed = (): Promise<string> => Promise.resolve('in');

async function failOften(limit: SignInLimit, times: number, address: string, now: number): Promise<void> {
  for (let time = 0; time < times; time++) await limit.watch(address, fail, now).catch(() => undefined);
}

describe('the limit of sign-ins', () => {
  it('refuses an address after twenty failures, until a minute is over', async () => {
    const limit = new SignInLimit();
    await failOften(limit, 20, '192.0.2.1', 0);
    await expect(limit.watch('192.0.2.1', succeed, 30_000)).rejects.toMatchObject({
      status: 429,
      headers: { 'retry-after': '30' },
    });
    await expect(limit.watch('192.0.2.1', succeed, 60_000)).resolves.toBe('in');
  });

  it('lets other addresses in', async () => {
    const limit = new SignInLimit();
    await failOften(limit, 20, '192.0.2.1', 0);
    await expect(limit.watch('192.0.2.2', succeed, 1)).resolves.toBe('in');
  });

  it('does not count who succeeds', async () => {
    const limit = new SignInLimit();
    await failOften(limit, 19, '192.0.2.1', 0);
    for (let time = 0; time < 10; time++) await limit.watch('192.0.2.1', succeed, 0);
    await expect(limit.watch('192.0.2.1', succeed, 0)).resolves.toBe('in');
  });
});
