import { describe, expect, it } from '@jest/globals';
import { FakeWeb, itemsOf, readOnce } from '../../testing/reading.js';
import { fetcherFor, waiverOf } from './robots-waiver.js';

const FEED = '<rss version="2.0"><channel><item><guid>1</guid><link>https://a.example/1</link></item></channel></rss>';

describe('a source whose publisher has agreed', () => {
  it.each([
    ['given the reason, then neither its feed nor its pages ask robots.txt', 'by letter of 2 March 2026', true],
    ['given none, then both do', undefined, undefined],
  ])('%s', async (_, ignoreRobots, asked) => {
    const web = new FakeWeb({ 'https://a.example/feed': { body: FEED }, 'https://a.example/1': { body: '<p>Fog' } });
    const findings = await readOnce(
      { kind: 'feed', address: 'https://a.example/feed', ignoreRobots },
      fetcherFor({ ignoreRobots }, web),
    );
    await itemsOf(findings)[0]!.load();
    expect(web.requests.map(({ request }) => request.ignoreRobots)).toEqual([asked, asked]);
  });

  it('tells its items why', () => {
    expect(waiverOf({ ignoreRobots: 'by letter of 2 March 2026' })).toEqual({
      'robots-ignored': 'by letter of 2 March 2026',
    });
    expect(waiverOf({})).toEqual({});
  });
});
