import { describe, expect, it } from '@jest/globals';
import { CliError } from '../../exit-codes.js';
import { specOf } from './common.js';
import { ago } from './views.js';

const FLAGS = { dir: '.wireroom' };

describe('specOf', () => {
  it.each([
    ['https://harbour.example/feed.xml', 'feed'],
    ['https://harbour.example/news/feed/', 'feed'],
    ['https://harbour.example/all.rss?full=1', 'feed'],
    ['https://harbour.example/news-sitemap.xml.gz', 'sitemap'],
    ['https://archive.example/crawl-7.warc.gz', 'warc'],
    ['/srv/inbox', 'folder'],
    ['./crawl.warc', 'warc'],
  ])('given %s without a kind, then it is a %s', (address, kind) => {
    expect(specOf('harbour', address, FLAGS).kind).toBe(kind);
  });

  it('given a kind, then it wins; given an address that tells nothing, then it must be said', () => {
    expect(specOf('harbour', 'https://harbour.example/feed.xml', { ...FLAGS, kind: 'page' }).kind).toBe('page');
    expect(() => specOf('harbour', 'https://harbour.example/', FLAGS)).toThrow(CliError);
  });

  it('given a path, then it is absolute, and flags are settings', () => {
    const spec = specOf('desk', 'inbox', {
      ...FLAGS,
      every: 5,
      watch: true,
      taken: 'keep',
      publisher: 'harbour',
      ignoreRobots: 'by letter of 2 March',
    });
    expect(spec).toMatchObject({
      address: `${process.cwd()}/inbox`,
      intervalSeconds: 5,
      watchPages: true,
      takenFiles: 'keep',
      publisher: 'harbour',
      ignoreRobots: 'by letter of 2 March',
    });
  });
});

describe('ago', () => {
  it.each([
    [0, '0 s'],
    [119, '119 s'],
    [600, '10 min'],
    [3 * 3600, '3 h'],
    [5 * 86_400, '5 d'],
  ])('given %d seconds, then %s', (seconds, words) => {
    expect(ago(new Date(1_000_000_000_000 - seconds * 1000).toISOString(), 1_000_000_000_000)).toBe(words);
  });
});
