import { describe, expect, it } from '@jest/globals';
import { parseLinks } from './link-header.js';

describe('parseLinks', () => {
  it('reads several links with several relations', () => {
    const field = '<https://hub.example/>; rel="hub", </feed>; type="application/atom+xml"; rel="self alternate"';
    expect(parseLinks(field)).toEqual([
      { href: 'https://hub.example/', rels: ['hub'] },
      { href: '/feed', rels: ['self', 'alternate'] },
    ]);
  });

  it('takes commas and semicolons in targets and quotes for what they are', () => {
    expect(parseLinks('<https://a.example/?q=1,2;3>; title="x, \\"y\\"; rel=no"; REL=Hub')).toEqual([
      { href: 'https://a.example/?q=1,2;3', rels: ['hub'] },
    ]);
  });

  it('takes the first rel, as RFC 8288 says', () => {
    expect(parseLinks('<a>; rel=self; rel=hub')).toEqual([{ href: 'a', rels: ['self'] }]);
  });

  it('leaves out links about another page, and what is malformed', () => {
    expect(parseLinks('<a>; rel=hub; anchor="/other", <b>; rel')).toEqual([]);
    expect(parseLinks('https://hub.example/; rel=hub')).toEqual([]);
    expect(parseLinks('<open; rel=hub')).toEqual([]);
    expect(parseLinks(undefined)).toEqual([]);
  });

  it('takes its time from the length of the field alone', () => {
    const before = process.cpuUsage();
    for (const part of ['<a>; rel="', '<a>;;;; ', '; rel=x', '<a>; rel=hub,', '<', '\\"'])
      parseLinks(part.repeat(40_000));
    // What is quadratic takes minutes.
    expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
  });
});
