import { describe, expect, it } from '@jest/globals';
import { TestClock } from '../../testing/test-clock.js';
import type { FetchAnswer } from '../fetch-answer.js';
import { optOutsOfFields, optOutsOfPage } from './opt-out.js';
import { TdmFiles } from './tdm-files.js';

const PRODUCT = 'Wireroom/0.1';

describe('optOutsOfFields', () => {
  it('finds AI directives, each once, among others', () => {
    expect(optOutsOfFields({ 'x-robots-tag': 'noindex, NoAI, max-snippet: 20, noimageai, noai' }, PRODUCT)).toEqual([
      { signal: 'x-robots-tag', value: 'noai' },
      { signal: 'x-robots-tag', value: 'noimageai' },
    ]);
  });

  it('takes a directive to one agent for that agent', () => {
    expect(optOutsOfFields({ 'x-robots-tag': 'otherbot: noai' }, PRODUCT)).toEqual([]);
    expect(optOutsOfFields({ 'x-robots-tag': 'wireroom: noai' }, PRODUCT)).toHaveLength(1);
  });

  it('finds a TDM reservation with its policy', () => {
    const fields = { 'tdm-reservation': '1', 'tdm-policy': 'https://orle.example/policy.json' };
    expect(optOutsOfFields(fields, PRODUCT)).toEqual([
      { signal: 'tdm-reservation', value: '1', policy: 'https://orle.example/policy.json' },
    ]);
    expect(optOutsOfFields({ 'tdm-reservation': '0', 'tdm-policy': 'x' }, PRODUCT)).toEqual([]);
    expect(optOutsOfFields({ 'tdm-reservation': '1', 'tdm-policy': 'x'.repeat(5_000) }, PRODUCT)).toEqual([
      { signal: 'tdm-reservation', value: '1' },
    ]);
  });

  it('finds nothing where nothing is said', () => expect(optOutsOfFields({}, PRODUCT)).toEqual([]));
});

describe('optOutsOfPage', () => {
  const optOuts = (html: string, type: string | undefined = 'text/html; charset=utf-8') =>
    optOutsOfPage(new TextEncoder().encode(html), type, PRODUCT);

  it('reads the meta elements of the head', () => {
    const head = '<META NAME="Robots" content="index, noai"><meta name=tdm-reservation content=1>';
    expect(optOuts(`<head>${head}<meta name="tdm-policy" content="/tdm.json"></head><body>`)).toEqual([
      { signal: 'robots-meta', value: 'noai' },
      { signal: 'tdm-reservation-meta', value: '1', policy: '/tdm.json' },
    ]);
  });

  it('takes meta elements to our name, and of the same name together', () => {
    expect(optOuts('<meta name="wireroom" content="noimageai">')).toHaveLength(1);
    expect(optOuts('<meta name="robots" content="noarchive"><meta name="robots" content="noai">')).toHaveLength(1);
  });

  it('does not take what an article shows for what its head says', () => {
    expect(optOuts('<head></head><body><meta name="robots" content="noai"></body>')).toEqual([]);
    expect(optOuts('<!-- <meta name="robots" content="noai"> -->')).toEqual([]);
    expect(optOuts('<script>\'<meta name="robots" content="noai">\'</script>')).toEqual([]);
  });

  it('reads HTML only', () => {
    expect(optOuts('<meta name="robots" content="noai">', 'application/json')).toEqual([]);
    expect(optOuts('<meta name="robots" content="noai">', undefined)).toHaveLength(1);
  });

  it('takes its time from the size of the page alone', () => {
    const before = process.cpuUsage();
    optOuts('<meta name="robots" content="'.repeat(100_000));
    optOuts('<'.repeat(1_000_000));
    // What is quadratic takes minutes.
    expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
  });
});

describe('TdmFiles', () => {
  const way = { finalUrl: '', redirects: [], tookMs: 0 };
  const missing: FetchAnswer = { ...way, outcome: 'failed', code: 'http-status', status: 404, reason: '' };

  function fetched(text: string): FetchAnswer {
    const body = new TextEncoder().encode(text);
    const sizes = { bytes: body.byteLength, wireBytes: body.byteLength };
    return { ...way, ...sizes, outcome: 'fetched', status: 200, headers: {}, optOut: [], body };
  }

  function filesWith(file: unknown, failure = missing) {
    const asked: string[] = [];
    const clock = new TestClock();
    const files = new TdmFiles({
      clock,
      load: async (url) => {
        asked.push(url);
        return file === undefined ? failure : fetched(JSON.stringify(file));
      },
    });
    return { asked, clock, optOuts: (path: string) => files.optOutsOf(new URL(path, 'https://orle.example')) };
  }

  it('take the first rule whose location matches', async () => {
    const { asked, optOuts } = filesWith([
      { location: '/free/*', 'tdm-reservation': 0 },
      { location: '/*', 'tdm-reservation': 1, 'tdm-policy': 'https://orle.example/p.json' },
    ]);
    await expect(optOuts('/free/1')).resolves.toEqual([]);
    await expect(optOuts('/news/1')).resolves.toEqual([
      { signal: 'tdmrep', value: '1', policy: 'https://orle.example/p.json' },
    ]);
    expect(asked).toEqual(['https://orle.example/.well-known/tdmrep.json']);
  });

  it.each([undefined, {}, 'x', [null, 1, 'x', {}, { location: 5, 'tdm-reservation': 1 }]])(
    'reserve nothing where they are not there or no such thing: %j',
    async (file) => {
      await expect(filesWith(file).optOuts('/news/1')).resolves.toEqual([]);
    },
  );

  it('are asked for again the next day, or soon where the host failed to say', async () => {
    const absent = filesWith(undefined);
    const failing = filesWith(undefined, { ...way, outcome: 'failed', code: 'timeout', reason: '' });
    for (const { optOuts, clock } of [absent, failing]) {
      await optOuts('/');
      await clock.pass(5 * 60_000);
      await optOuts('/');
    }
    expect([absent.asked.length, failing.asked.length]).toEqual([1, 2]);
  });
});
