import { describe, expect, it } from '@jest/globals';
import { resolveLink, resolveUrl } from './resolve-url.js';

describe('resolveUrl', () => {
  // The normal and abnormal examples of RFC 3986 section 5.4.
  it.each([
    ['g', 'http://a/b/c/g'],
    ['./g', 'http://a/b/c/g'],
    ['g/', 'http://a/b/c/g/'],
    ['/g', 'http://a/g'],
    ['//g', 'http://g'],
    ['?y', 'http://a/b/c/d;p?y'],
    ['g?y#s', 'http://a/b/c/g?y#s'],
    ['#s', 'http://a/b/c/d;p?q#s'],
    ['', 'http://a/b/c/d;p?q'],
    ['.', 'http://a/b/c/'],
    ['..', 'http://a/b/'],
    ['../g', 'http://a/b/g'],
    ['../../g', 'http://a/g'],
    ['../../../../g', 'http://a/g'],
    ['/../g', 'http://a/g'],
    ['g..', 'http://a/b/c/g..'],
    ['./g/.', 'http://a/b/c/g/'],
    ['g;x=1/../y', 'http://a/b/c/y'],
    ['g?y/../x', 'http://a/b/c/g?y/../x'],
    ['mailto:g@a', 'mailto:g@a'],
  ])('resolves %s as the standard does', (reference, expected) => {
    expect(resolveUrl(reference, 'http://a/b/c/d;p?q')).toBe(expected);
  });

  it('keeps letters outside ASCII and absolute addresses as they are', () => {
    expect(resolveUrl('fjære', 'https://øy.example/a/b')).toBe('https://øy.example/a/fjære');
    expect(resolveUrl(' HTTPS://Orle.example/%7ea ', 'https://x.example/')).toBe('HTTPS://Orle.example/%7ea');
  });

  it('leaves a relative reference alone without a usable base', () => {
    expect(resolveUrl('a/b', undefined)).toBe('a/b');
    expect(resolveUrl('a/b', 'not a base')).toBe('a/b');
  });
});

describe('resolveLink', () => {
  it.each(['javascript:go()', 'java\tscript:go()', ' \u0001VBScript:x', 'data:text/html,hi', ''])(
    'leads nowhere by %j',
    (text) => {
      expect(resolveLink(text, undefined)).toBeUndefined();
    },
  );

  it.each([undefined, '', ' \n'])('leads nowhere by %j, also where there is a base', (text) => {
    expect(resolveLink(text, 'https://orle.example/feed.xml')).toBeUndefined();
  });

  it('keeps schemes that only point', () => {
    expect(resolveLink('magnet:?xt=1', 'https://orle.example/')).toBe('magnet:?xt=1');
  });
});
