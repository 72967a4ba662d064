import { beforeEach, describe, expect, it } from '@jest/globals';
import { TestClock } from '../../testing/test-clock.js';
import type { Failed } from '../fetch-answer.js';
import { type RobotsAnswer, RobotsGuard } from './robots-guard.js';

const PAGE = new URL('https://orle.example/news/1');
const HOUR_MS = 3_600_000;

let clock: TestClock;
let guard: RobotsGuard;
let asked: string[];
let answer: RobotsAnswer;

beforeEach(() => {
  clock = new TestClock();
  asked = [];
  guard = new RobotsGuard({
    clock,
    userAgent: 'Wireroom/0.1 (news intake)',
    load: async (url) => {
      asked.push(url);
      return answer;
    },
  });
});

function file(text: string): RobotsAnswer {
  return { outcome: 'read', bytes: new TextEncoder().encode(text) };
}

function failure(code: Failed['code'], status?: number): RobotsAnswer {
  return { outcome: 'failed', code, reason: 'so it is', finalUrl: '', redirects: [], tookMs: 0, status };
}

describe('robots.txt', () => {
  it('forbids by its rules for our name', async () => {
    answer = file('User-agent: wireroom\nDisallow: /news\n\nUser-agent: *\nAllow: /');
    await expect(guard.delayFor(PAGE)).rejects.toMatchObject({
      end: { outcome: 'refused', code: 'robots-disallowed' },
    });
    await expect(guard.delayFor(new URL('/about', PAGE))).resolves.toBe(0);
    expect(asked).toEqual(['https://orle.example/robots.txt']);
  });

  it('is asked once for requests that come together, and once a day', async () => {
    answer = file('');
    await Promise.all([guard.delayFor(PAGE), guard.delayFor(PAGE)]);
    await clock.pass(24 * HOUR_MS - 1);
    await guard.delayFor(PAGE);
    expect(asked).toHaveLength(1);
    await clock.pass(1);
    await guard.delayFor(PAGE);
    expect(asked).toHaveLength(2);
  });

  it('is another one for each origin', async () => {
    answer = file('');
    await guard.delayFor(PAGE);
    await guard.delayFor(new URL('http://orle.example/news/1'));
    await guard.delayFor(new URL('https://orle.example:8443/news/1'));
    expect(asked).toHaveLength(3);
  });

  it.each([failure('http-status', 404), failure('http-status', 403), failure('too-many-redirects', 302)])(
    'that is not there forbids nothing (%j)',
    async (missing) => {
      answer = missing;
      await expect(guard.delayFor(PAGE)).resolves.toBe(0);
    },
  );

  it('that is redirected to where we may not go forbids nothing', async () => {
    answer = { outcome: 'refused', code: 'fetch-blocked', reason: 'private' };
    await expect(guard.delayFor(PAGE)).resolves.toBe(0);
  });

  it.each([failure('http-status', 500), failure('http-status', 503), failure('rate-limited', 429)])(
    'that is answered with a server error forbids everything for a time (%j)',
    async (error) => {
      answer = error;
      await expect(guard.delayFor(PAGE)).rejects.toMatchObject({
        end: { outcome: 'refused', code: 'robots-unreachable' },
        details: { retryAfterMs: 300_000 },
      });
      answer = file('');
      await clock.pass(300_000);
      await expect(guard.delayFor(PAGE)).resolves.toBe(0);
      expect(asked).toHaveLength(2);
    },
  );

  it('of a host that is away is the failure of the host', async () => {
    answer = failure('connect-failed');
    const away = { end: { outcome: 'failed', code: 'connect-failed' } };
    await expect(guard.delayFor(PAGE)).rejects.toMatchObject(away);
    await expect(guard.delayFor(PAGE)).rejects.toMatchObject(away);
    expect(asked).toHaveLength(1);
  });

  it('goes on as it was known while the host fails', async () => {
    answer = file('User-agent: *\nDisallow: /news');
    await expect(guard.delayFor(PAGE)).rejects.toThrow();
    answer = failure('timeout');
    await clock.pass(25 * HOUR_MS);
    await expect(guard.delayFor(PAGE)).rejects.toMatchObject({ end: { code: 'robots-disallowed' } });
    await expect(guard.delayFor(new URL('/about', PAGE))).resolves.toBe(0);
  });

  it('that could not be asked for yet is not remembered', async () => {
    answer = { outcome: 'refused', code: 'host-busy', reason: 'full', retryAfterMs: 7 };
    await expect(guard.delayFor(PAGE)).rejects.toMatchObject({
      end: { outcome: 'refused', code: 'host-busy' },
      details: { retryAfterMs: 7 },
    });
    answer = file('');
    await expect(guard.delayFor(PAGE)).resolves.toBe(0);
  });

  it('asks for a pause, up to half a minute', async () => {
    answer = file('User-agent: *\nCrawl-delay: 2.5');
    await expect(guard.delayFor(PAGE)).resolves.toBe(2_500);
    answer = file('User-agent: *\nCrawl-delay: 86400');
    await expect(guard.delayFor(new URL('https://slow.example/'))).resolves.toBe(30_000);
  });
});
