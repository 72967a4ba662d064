import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type FingerprintInput, canonicalAddress, contentIdOf, eventIdOf, fingerprintOf } from './identity.js';

/** UUIDv5 written anew from RFC 9562 section 5.5, to hold the ids against. */
function uuid5(namespace: string, name: string): string {
  const digest = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest();
  const hex = digest.toString('hex').slice(0, 32).split('');
  hex[12] = '5';
  hex[16] = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const DNS = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
const WIREROOM = uuid5(DNS, 'wireroom');

describe('contentIdOf', () => {
  it('is a UUIDv5 as in RFC 9562', () => {
    expect(uuid5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
    expect(contentIdOf({ source: 'harbour-news', externalId: 'hn-1' })).toBe(uuid5(WIREROOM, 'harbour-news\nhn-1'));
  });

  it('never changes: ids are keys of stored items', () => {
    expect(contentIdOf({ source: 'harbour-news', externalId: 'hn-1' })).toBe('bc041d03-d04f-585c-ae44-15e05eed434a');
    expect(contentIdOf({ source: 'harbour-news', url: 'https://harbour.example/tides' })).toBe(
      '4a25ab56-31b1-5560-b809-903af93e81b7',
    );
    expect(contentIdOf({ source: 'Skerry Zeitung', externalId: 'Größe/№ 7' })).toBe(
      '586199dd-38f6-5081-b70d-4336a5453244',
    );
  });

  it('goes by externalId before url, and by source in any case', () => {
    const id = contentIdOf({ source: 'a', externalId: '1', url: 'https://a.example/1' });
    expect(contentIdOf({ source: 'a', externalId: '1', url: 'https://a.example/moved' })).toBe(id);
    expect(contentIdOf({ source: 'b', externalId: '1' })).not.toBe(id);
  });

  it('is the same for all spellings of an address', () => {
    const spellings = ['http://A.example:80/x/?utm_source=feed', 'https://a.example/x#top'];
    expect(new Set(spellings.map((url) => contentIdOf({ source: 'a', url }))).size).toBe(1);
  });
});

describe('eventIdOf', () => {
  const contentId = contentIdOf({ source: 'harbour-news', externalId: 'hn-1' });
  const type = 'wireroom.content.enriched.v1';

  it('is fixed by item, revision, type and processing version', () => {
    expect(eventIdOf(contentId, 1, type, 2)).toBe(uuid5(WIREROOM, `${contentId}\n1\n${type}\n2`));
    expect(eventIdOf(contentId, 1, type)).toBe(uuid5(WIREROOM, `${contentId}\n1\n${type}`));
  });

  it('differs when one of them does', () => {
    const ids = [
      eventIdOf(contentId, 1, type, 1),
      eventIdOf(contentId, 2, type, 1),
      eventIdOf(contentId, 1, type, 2),
      eventIdOf(contentId, 1, 'wireroom.content.published.v1', 1),
      eventIdOf(contentId, 1, type),
      eventIdOf(contentId, 11, type),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('canonicalAddress', () => {
  it.each([
    ['the fragment', 'https://a.example/x#part', 'https://a.example/x'],
    ['tracking parameters', 'https://a.example/x?utm_source=f&UTM_Medium=m&fbclid=1&gclid=2', 'https://a.example/x'],
    ['the order of parameters', 'https://a.example/x?b=2&a=1', 'https://a.example/x?a=1&b=2'],
    ['http', 'http://a.example/x', 'https://a.example/x'],
    ['a default port', 'https://a.example:443/x', 'https://a.example/x'],
    ['a trailing slash', 'https://a.example/x/', 'https://a.example/x'],
    ['the case of the host', 'https://A.Example/X', 'https://a.example/X'],
    ['user and password', 'https://me:secret@a.example/x', 'https://a.example/x'],
    ['dots in the path', 'https://a.example/y/../x', 'https://a.example/x'],
    ['a missing path', 'https://a.example', 'https://a.example/'],
  ])('does not mind %s', (_what, address, canonical) => {
    expect(canonicalAddress(address)).toBe(canonical);
  });

  it('keeps what names the page', () => {
    for (const address of [
      'https://a.example/x?page=2',
      'https://a.example:8443/x',
      'https://www.a.example/x',
      'https://a.example/x?utmost=1',
      'https://a.example/x?a=1&a=2',
    ]) {
      expect(canonicalAddress(address)).toBe(address);
    }
  });

  it('finds the same address again', () => {
    const once = canonicalAddress('http://A.example:80/x/?b=%C3%A9&a=1#top');
    expect(canonicalAddress(once)).toBe(once);
  });

  it('gives back what is no address', () => {
    expect(canonicalAddress('  tides, page 7 ')).toBe('tides, page 7');
  });
});

describe('fingerprintOf', () => {
  const input: FingerprintInput = {
    kind: 'original',
    contentType: 'text/plain; charset=utf-8',
    publishedAt: '2026-03-01T08:00:00Z',
    body: Buffer.from('Tide tables'),
  };
  const fingerprint = fingerprintOf(input);

  it('never changes: it decides what is a duplicate', () => {
    expect(fingerprint).toBe('dabe08cb33cc9bc8d2f9712bb44ccafd684b5413d638b927ba7a4b140580ffde');
  });

  it.each<[string, Partial<FingerprintInput>]>([
    ['update instead of original', { kind: 'update' }],
    ['blanks and case of the contentType', { contentType: 'Text/Plain;charset=UTF-8' }],
    ['the zone of the same moment', { publishedAt: '2026-03-01T09:00:00.000+01:00' }],
  ])('does not mind %s', (_what, change) => {
    expect(fingerprintOf({ ...input, ...change })).toBe(fingerprint);
  });

  it.each<[string, Partial<FingerprintInput>]>([
    ['body', { body: Buffer.from('Tide tables.') }],
    ['kind correction', { kind: 'correction' }],
    ['kind retraction', { kind: 'retraction' }],
    ['contentType', { contentType: 'text/html; charset=utf-8' }],
    ['publishedAt', { publishedAt: '2026-03-01T08:00:01Z' }],
    ['missing publishedAt', { publishedAt: undefined }],
  ])('changes with the %s', (_what, change) => {
    expect(fingerprintOf({ ...input, ...change })).not.toBe(fingerprint);
  });
});
