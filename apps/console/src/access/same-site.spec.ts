import { describe, expect, it } from '@jest/globals';
import type { HttpFailure } from '@wireroom/pipeline';
import type { IncomingHttpHeaders } from 'node:http';
import { refuseOtherSites } from './same-site.js';

const OWN: IncomingHttpHeaders = {
  host: 'console.example:3004',
  origin: 'https://console.example:3004',
  'sec-fetch-site': 'same-origin',
  'content-type': 'application/json',
};

function refusalOf(changes: IncomingHttpHeaders, hasBody = true): string | undefined {
  try {
    refuseOtherSites({ ...OWN, ...changes }, hasBody);
    return undefined;
  } catch (error) {
    return (error as HttpFailure).code;
  }
}

describe('a change', () => {
  it.each<[string, IncomingHttpHeaders]>([
    ['from the console’s page', {}],
    ['from a program, which sends neither origin nor site', { origin: undefined, 'sec-fetch-site': undefined }],
    ['with the charset named', { 'content-type': 'application/json; charset=utf-8' }],
  ])('%s is taken', (_name, headers) => {
    expect(refusalOf(headers)).toBeUndefined();
  });

  it.each<[string, IncomingHttpHeaders, string]>([
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 'cross-site'],
    ['from another port or host of the site', { 'sec-fetch-site': 'same-site' }, 'cross-site'],
    ['with another origin', { origin: 'https://evil.example' }, 'cross-site'],
    ['from a sandboxed frame', { origin: 'null', 'sec-fetch-site': undefined }, 'cross-site'],
    ['with an origin that only begins alike', { origin: 'https://console.example:30041' }, 'cross-site'],
    ['that a form could send', { 'content-type': 'text/plain' }, 'unsupported-media-type'],
    ['of a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'unsupported-media-type'],
    ['of a type that only begins alike', { 'content-type': 'application/jsonp' }, 'unsupported-media-type'],
    ['without type', { 'content-type': undefined }, 'unsupported-media-type'],
  ])('%s is refused', (_name, headers, code) => {
    expect(refusalOf(headers)).toBe(code);
  });

  it('without body needs no type', () => {
    expect(refusalOf({ 'content-type': undefined }, false)).toBeUndefined();
  });
});
