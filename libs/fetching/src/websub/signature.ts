import { createHmac, timingSafeEqual } from 'node:crypto';

/** Methods of WebSub section 7.1. */
const METHODS = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
type Method = (typeof METHODS)[number];

const SIGNATURE = new RegExp(`^(${METHODS.join('|')})=([\\da-f]+)$`, 'i');

/** Signs a body as hubs do: the value of `X-Hub-Signature`. */
export function signatureOf(body: Uint8Array, secret: string, method: Method = 'sha256'): string {
  return `${method}=${hmac(body, secret, method).toString('hex')}`;
}

/**
 * Whether an `X-Hub-Signature` is that of the body, byte for byte as it arrived, under one of the secrets. Whatever
 * the field holds, the answer is yes or no, in a time that tells nothing of how near it was (PITFALLS C13).
 *
 * @param field as Node's server gives it; a field that came twice is no signature
 */
export function isSignedBy(
  field: string | string[] | undefined,
  body: Uint8Array,
  secrets: readonly string[],
): boolean {
  const [, method, hex] = (typeof field === 'string' && SIGNATURE.exec(field.trim())) || [];
  if (method === undefined || hex === undefined || hex.length % 2 !== 0) return false;
  const given = Buffer.from(hex, 'hex');
  return secrets.some((secret) => {
    const expected = hmac(body, secret, method.toLowerCase() as Method);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

function hmac(body: Uint8Array, secret: string, method: Method): Buffer {
  return createHmac(method, secret).update(body).digest();
}
