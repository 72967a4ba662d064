import { describe, expect, it } from '@jest/globals';
import { discoverHubs } from './discovery.js';

const url = 'https://news.example/feed.xml';

describe('discoverHubs', () => {
  it('prefers the header field', () => {
    const linkField = '<https://hub.example/>; rel="hub", <https://news.example/all>; rel="self"';
    const links = [{ href: 'https://other.example/', rel: 'hub' }];
    expect(discoverHubs({ url, linkField, links })).toEqual({
      hubs: ['https://hub.example/'],
      topic: 'https://news.example/all',
    });
  });

  it('reads the document where the header names none', () => {
    const links = [
      { href: '/hub', rel: 'hub' },
      { href: '/hub', rel: 'hub' },
      { href: 'https://two.example/', rel: 'hub' },
      { href: 'https://news.example/', rel: 'alternate' },
      {},
    ];
    expect(discoverHubs({ url, links })).toEqual({
      hubs: ['https://news.example/hub', 'https://two.example/'],
      topic: url,
    });
  });

  it('finds none where none is, or none that can be asked', () => {
    expect(discoverHubs({ url })).toBeUndefined();
    expect(discoverHubs({ url, linkField: '<mailto:hub@news.example>; rel=hub' })).toBeUndefined();
  });
});
