import { beforeEach, describe, expect, it } from '@jest/globals';
import { HttpFailure } from '@wireroom/pipeline';
import { UnavailableError } from '@wireroom/platform';
import { ChannelVisits } from './channel-visits.js';

let visits: ChannelVisits;

beforeEach(() => {
  visits = new ChannelVisits();
});

const serve = (): Promise<string> => visits.count('rss', () => Promise.resolve('a feed'));
const fail = (error: Error): Promise<unknown> =>
  visits.count('rss', () => Promise.reject(error)).catch((caught: unknown) => caught);

describe('the visits of a channel', () => {
  it('are none at the start', () => {
    expect(visits.of('rss')).toEqual({ asked: 0, failed: 0, errorStreak: 0 });
  });

  it('are counted for the channel that was asked, and answered as they are', async () => {
    await expect(serve()).resolves.toBe('a feed');
    expect(visits.of('rss')).toMatchObject({ asked: 1, failed: 0, lastAskedAt: expect.any(Date) });
    expect(visits.of('atom').asked).toBe(0);
  });

  it('count what the service could not serve as a streak, which ends with the next that it can', async () => {
    const away = new UnavailableError('mongodb', { cause: new Error('no primary') });
    await expect(fail(away)).resolves.toBe(away);
    await fail(away);
    expect(visits.of('rss')).toMatchObject({ asked: 2, failed: 2, errorStreak: 2, lastError: { code: 'unavailable' } });
    await serve();
    expect(visits.of('rss')).toMatchObject({ asked: 3, failed: 2, errorStreak: 0, lastError: { code: 'unavailable' } });
  });

  it('say nothing of the channel where the request was at fault', async () => {
    await fail(new HttpFailure(404, 'not-found', 'no such article'));
    expect(visits.of('rss')).toMatchObject({ asked: 1, failed: 0, errorStreak: 0 });
    expect(visits.of('rss').lastError).toBeUndefined();
  });
});
