import { describe, expect, it } from '@jest/globals';
import { charsetOf, joinFields, keptFields, mediaTypeOf } from './fields.js';
import { freshForMs } from './freshness.js';
import { isConditional, requestFields } from './request-fields.js';
import { retryAfterMs } from './retry-after.js';
import { httpDate, saneEtag, saneLastModified } from './validators.js';

const NOW = Date.parse('2026-11-03T08:00:00Z');
const IN_AN_HOUR = 'Tue, 03 Nov 2026 09:00:00 GMT';

describe('C19: validators', () => {
  it.each(['"v1"', 'W/"v1"', '""', '"a,b;c=d"', 'abc123', '5f3-5c9'])('keep the entity tag %s', (tag) => {
    expect(saneEtag(` ${tag} `)).toBe(tag);
  });

  it.each([
    '"a\r\nX-Injected: y"',
    '"a\nb"',
    '"a\u0000"',
    '"caf\u00e9"',
    '"a" "b"',
    'a, b',
    'a b',
    '"open',
    '',
    `"${'a'.repeat(600)}"`,
  ])('drop the entity tag %j', (tag) => expect(saneEtag(tag)).toBeUndefined());

  it.each([
    'Tue, 03 Nov 2026 08:00:00 GMT',
    'Tuesday, 03-Nov-26 08:00:00 GMT',
    'Tue Nov  3 08:00:00 2026',
    'Tue, 03 Nov 2026 08:00:00 +0000',
  ])('keep the date %s as it was written', (date) => {
    expect(saneLastModified(date)).toBe(date);
    expect(httpDate(date)).toBe(NOW);
  });

  it.each(['Tue, 03 Nov 2026 08:00:00 GMT\r\nX: y', '2026', 'yesterday', '0', '', 'Tue, 99 Foo 2026 08:00:00 GMT'])(
    'drop the date %j',
    (date) => expect(saneLastModified(date)).toBeUndefined(),
  );
});

describe('freshForMs', () => {
  it.each([
    [{ 'cache-control': 'public, max-age=600' }, 600_000],
    [{ 'cache-control': 'Max-Age="600"' }, 600_000],
    [{ 'cache-control': 'max-age=600', age: '60' }, 540_000],
    [{ 'cache-control': 'max-age=60', age: '600' }, 0],
    [{ 'cache-control': 'max-age=600, no-cache' }, 0],
    [{ 'cache-control': 'no-store' }, 0],
    [{ 'cache-control': 'max-age=31536000' }, 7 * 86_400_000],
    [{ 'cache-control': 'max-age=60', expires: IN_AN_HOUR }, 60_000],
    [{ 'cache-control': 's-maxage=60' }, undefined],
    [{ expires: IN_AN_HOUR }, 3_600_000],
    [{ expires: IN_AN_HOUR, date: 'Tue, 03 Nov 2026 08:30:00 GMT' }, 1_800_000],
    [{ expires: '0' }, 0],
    [{ expires: '-1' }, 0],
    [{ expires: 'Tue, 03 Nov 2026 07:00:00 GMT' }, 0],
    [{ age: '5' }, undefined],
    [{}, undefined],
  ])('of %j is %s', (fields, expected) => expect(freshForMs(fields, NOW)).toBe(expected));
});

describe('retryAfterMs', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    [IN_AN_HOUR, 3_600_000],
    ['Tue, 03 Nov 2026 07:00:00 GMT', 0],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
    ['-5', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('of %j is %s', (value, expected) => expect(retryAfterMs(value, NOW)).toBe(expected));
});

describe('answer fields', () => {
  it('are joined, and kept but for cookies and what nobody needs', () => {
    const fields = joinFields({
      link: ['<a>; rel=hub', '<b>; rel=self'],
      'set-cookie': ['id=1'],
      server: 'x',
      age: '1',
    });
    expect(keptFields(fields)).toEqual({ link: '<a>; rel=hub, <b>; rel=self', age: '1' });
  });

  it('name a media type and a charset', () => {
    expect(mediaTypeOf(' Text/HTML ; charset=utf-8')).toBe('text/html');
    expect(mediaTypeOf('')).toBeUndefined();
    expect(charsetOf('text/html; Charset = "ISO-8859-1"')).toBe('iso-8859-1');
    expect(charsetOf('text/html')).toBeUndefined();
  });
});

describe('requestFields', () => {
  const url = new URL('https://news.example/feed');
  const fields = (request: Parameters<typeof requestFields>[0]) =>
    requestFields(request, { url, origin: 'https://news.example', userAgent: 'Wireroom/0.1' });

  it('say who asks for what', () => {
    expect(fields({ purpose: 'robots' })).toEqual({
      'user-agent': 'Wireroom/0.1',
      accept: 'text/plain, */*;q=0.5',
      'accept-encoding': 'gzip, deflate, br',
    });
  });

  it('send validators back in a sane form only', () => {
    const both = fields({ etag: '"v1"', lastModified: IN_AN_HOUR });
    expect(both).toMatchObject({ 'if-none-match': '"v1"', 'if-modified-since': IN_AN_HOUR });
    expect(isConditional(both)).toBe(true);
    expect(isConditional(fields({ etag: '"a\r\nX: y"', lastModified: 'x\r\nX: y' }))).toBe(false);
  });

  it('send validators to the address they came from where that is known', () => {
    expect(isConditional(fields({ etag: '"v1"', validatorsUrl: 'https://news.example/feed' }))).toBe(true);
    expect(isConditional(fields({ etag: '"v1"', validatorsUrl: 'https://cdn.example/feed' }))).toBe(false);
  });

  it('let no caller speak for the connection or as someone else', () => {
    const headers = { Host: 'evil.example', 'User-Agent': 'Browser', Cookie: 'id=1', 'X-Key': 'k', Accept: 'a/b' };
    const sent = fields({ headers });
    expect(sent).toMatchObject({ 'x-key': 'k', 'user-agent': 'Wireroom/0.1' });
    expect(Object.keys(sent)).not.toEqual(expect.arrayContaining(['host']));
    expect(Object.keys(sent)).not.toEqual(expect.arrayContaining(['cookie']));
  });
});
