import { describe, expect, it } from '@jest/globals';
import { isSignedBy, signatureOf } from './signature.js';

const BODY = Buffer.from('<feed><title>Fähre fährt wieder</title></feed>\r\n');
const SECRET = 'a secret of the harbour';

describe('C13: signatures of deliveries', () => {
  it.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('by %s are known', (method) => {
    expect(isSignedBy(signatureOf(BODY, SECRET, method), BODY, ['another', SECRET])).toBe(true);
  });

  it('are known as others make them', () => {
    // As `openssl dgst -sha256 -hmac key` makes it.
    const known = 'sha256=f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8';
    const sentence = Buffer.from('The quick brown fox jumps over the lazy dog');
    expect(isSignedBy(known, sentence, ['key'])).toBe(true);
    expect(isSignedBy(known.toUpperCase(), sentence, ['key'])).toBe(true);
  });

  it.each([
    undefined,
    '',
    'sha256',
    'sha256=',
    'sha256=ab',
    'sha256=abc',
    'sha256=zz',
    'sha1=' + '0'.repeat(64),
    'sha256=' + '0'.repeat(64),
    'md5=' + '0'.repeat(32),
    'none=00',
    '0'.repeat(64),
    ['sha256=00', 'sha256=00'],
    `${signatureOf(BODY, SECRET)}, ${signatureOf(BODY, SECRET)}`,
    [signatureOf(BODY, SECRET)],
    `${signatureOf(BODY, SECRET)}00`,
  ])('of the form %j are none, and no error', (field) => {
    expect(isSignedBy(field, BODY, [SECRET])).toBe(false);
  });

  it('hold for the very bytes, and for a secret we have', () => {
    const signature = signatureOf(BODY, SECRET);
    expect(isSignedBy(signature, Buffer.from(BODY.toString().trim()), [SECRET])).toBe(false);
    expect(isSignedBy(signature, BODY, ['another'])).toBe(false);
    expect(isSignedBy(signature, BODY, [])).toBe(false);
  });
});
