import { describe, expect, it } from '@jest/globals';
import type { Sitemap } from './sitemap.js';
import { walkSitemaps, type SitemapWalkLimits } from './walk-sitemaps.js';

const at = (name: string): string => `https://orle.example/${name}`;
const index = (...names: string[]): Sitemap => sitemap('index', names);
const pages = (...names: string[]): Sitemap => sitemap('urlset', names);
const sitemap = (type: Sitemap['type'], names: string[]): Sitemap => {
  return { type, warnings: [], entries: names.map((name) => ({ loc: at(name), lastmod: null })) };
};

async function visited(files: Record<string, Sitemap>, limits?: SitemapWalkLimits): Promise<string[]> {
  const visits: string[] = [];
  const load = async (url: string): Promise<Sitemap> => {
    const file = files[url.slice(at('').length)];
    if (!file) throw new Error('gone');
    return file;
  };
  for await (const visit of walkSitemaps(at('i'), load, limits)) {
    visits.push(visit.url.slice(at('').length) + ('error' in visit ? '!' : ''));
  }
  return visits;
}

describe('walkSitemaps', () => {
  it('visits each file once, an index that lists itself included', async () => {
    const files = { i: index('a', 'i', 'b', 'a'), a: pages('p1'), b: index('i', 'c'), c: pages('p2') };
    expect(await visited(files)).toEqual(['i', 'a', 'b', 'c']);
  });

  it('reports a file that can not be had and goes on', async () => {
    expect(await visited({ i: index('gone', 'a'), a: pages() })).toEqual(['i', 'gone!', 'a']);
  });

  it('is bounded in depth and number', async () => {
    const files = { i: index('a', 'x', 'y'), a: index('b'), b: index('c'), c: pages(), x: pages(), y: pages() };
    expect(await visited(files, { files: 100, depth: 1 })).toEqual(['i', 'a', 'x', 'y']);
    expect(await visited(files, { files: 3, depth: 9 })).toEqual(['i', 'a', 'x']);
  });
});
