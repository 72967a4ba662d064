import { describe, expect, it } from '@jest/globals';
import { robotsAllows, robotsCrawlDelay, robotsPatternMatches } from './robots.js';

const allows = (robots: string, path: string, userAgent = 'OrleBot'): boolean =>
  robotsAllows(Buffer.from(robots), { userAgent, url: `https://orle.example${path}` });

describe('robotsAllows', () => {
  it('lets everything through that no rule forbids', () => {
    expect(allows('', '/a')).toBe(true);
    expect(allows('<html>404</html>', '/a')).toBe(true);
    expect(allows('User-agent: *\nDisallow:', '/a')).toBe(true);
  });

  it('lets the longest rule decide, and allow at equal length', () => {
    const robots = 'User-agent: *\nDisallow: /news\nAllow: /news/free\nDisallow: /x\nAllow: /x';
    expect(allows(robots, '/news/today')).toBe(false);
    expect(allows(robots, '/news/free/1')).toBe(true);
    expect(allows(robots, '/x')).toBe(true);
  });

  it('picks the group by the whole product token, joined over the file', () => {
    const robots =
      'User-agent: Orle\nDisallow: /\n\nUser-agent: ORLEBOT\nUser-agent: other\nDisallow: /a\n\n' +
      'Sitemap: https://orle.example/s.xml\nUser-agent: orlebot\nDisallow: /b\n\nUser-agent: *\nDisallow: /c';
    expect(allows(robots, '/a', 'OrleBot/2.1 (+https://orle.example/bot)')).toBe(false);
    expect(allows(robots, '/b')).toBe(false);
    expect(allows(robots, '/c')).toBe(true);
    expect(allows(robots, '/c', 'SomeoneElse')).toBe(false);
    expect(allows(robots, '/a', 'Other')).toBe(false);
  });

  it('knows the wildcard and the end of the path', () => {
    const robots = 'User-agent: *\nDisallow: /*.pdf$\nDisallow: /a*b*c\nDisallow: *.gif$\nAllow: /$';
    expect(allows(robots, '/x/y.pdf')).toBe(false);
    expect(allows(robots, '/x/y.pdf?p=1')).toBe(true);
    expect(allows(robots, '/a-b-d-c')).toBe(false);
    expect(allows(robots, '/a-c-b')).toBe(true);
    expect(allows(robots, '/p.gif')).toBe(false);
  });

  it('compares what is percent-encoded with what is not', () => {
    const robots = 'User-agent: *\nDisallow: /fjære\nDisallow: /%7Eada\nDisallow: /q%2a';
    expect(allows(robots, '/fj%c3%a6re/1')).toBe(false);
    expect(allows(robots, '/~ada')).toBe(false);
    expect(allows(robots, '/q%2A')).toBe(false);
    expect(allows(robots, '/qx')).toBe(true);
  });

  it('reads any line end, comments and a byte order mark', () => {
    expect(allows('\ufeffUser-agent: *\rDisallow: /a # not this\r\n\nDisallow : /b', '/a')).toBe(false);
    expect(allows('User-agent: *\rDisallow: /a # not this\r\n\nDisallow : /b', '/b')).toBe(false);
  });

  it('never forbids the file itself', () => {
    expect(allows('User-agent: *\nDisallow: /', '/robots.txt')).toBe(true);
  });
});

describe('robotsCrawlDelay', () => {
  const delay = (robots: string): number | undefined => robotsCrawlDelay(Buffer.from(robots), 'OrleBot/2.1');

  it('is the longest of the groups of the agent', () => {
    expect(delay('User-agent: orlebot\nCrawl-delay: 2\n\nUser-agent: OrleBot\nCrawl-delay: 7.5')).toBe(7.5);
  });

  it('is that of everyone only where no group names the agent', () => {
    expect(delay('User-agent: *\nDisallow: /a\nCrawl-delay: 10')).toBe(10);
    expect(delay('User-agent: *\nCrawl-delay: 10\n\nUser-agent: OrleBot\nDisallow: /a')).toBeUndefined();
  });

  it('leaves the rules of the agents around it alone (RFC 9309 section 2.2.4)', () => {
    const robots = 'User-agent: other\nCrawl-delay: 10\nUser-agent: OrleBot\nDisallow: /a';
    expect(delay(robots)).toBeUndefined();
    expect(allows(robots, '/a', 'other')).toBe(false);
    expect(allows(robots, '/a')).toBe(false);
  });

  it('is none where it is no number', () => {
    expect(delay('User-agent: *\nCrawl-delay: soon')).toBeUndefined();
    expect(delay('User-agent: *\nCrawl-delay: -1')).toBeUndefined();
  });
});

describe('robotsPatternMatches', () => {
  it('matches the path as a rule would', () => {
    expect(robotsPatternMatches('/news/*', 'https://orle.example/news/1?p=2')).toBe(true);
    expect(robotsPatternMatches('/*.pdf$', 'https://orle.example/news/1')).toBe(false);
  });
});
