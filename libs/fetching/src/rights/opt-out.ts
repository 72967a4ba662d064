import { Parser } from 'htmlparser2';
import type { OptOut } from '../fetch-answer.js';
import { type Fields, mediaTypeOf } from '../http/fields.js';

/**
 * Reservations against AI use and text and data mining that travel with an answer: `X-Robots-Tag` and robots meta
 * elements with `noai` or `noimageai`, and the TDM Reservation Protocol (W3C community group report, 2024) in header
 * fields and meta elements. What they mean for an item is its reader's decision; here they are only found.
 */

const AI_DIRECTIVES: ReadonlySet<string> = new Set(['noai', 'noimageai']);
const RESERVED = '1';

/** Those in the header fields. @param product our own name, for directives to one agent */
export function optOutsOfFields(fields: Fields, product: string): OptOut[] {
  return [
    ...aiDirectives(fields['x-robots-tag'], product).map((value) => ({ signal: 'x-robots-tag' as const, value })),
    ...reservation('tdm-reservation', fields['tdm-reservation'], fields['tdm-policy']),
  ];
}

/** As much of a page as its head can fairly take. */
const HEAD_BYTES = 256 * 1024;

/** Those in the head of an HTML page; none for what is no HTML. */
export function optOutsOfPage(body: Uint8Array, contentType: string | undefined, product: string): OptOut[] {
  if (!/^(?:text\/html|application\/xhtml\+xml)$/.test(mediaTypeOf(contentType) ?? 'text/html')) return [];
  const metas = metasOf(body);
  const robots = ['robots', productName(product)].flatMap((name) => aiDirectives(metas.get(name), product));
  return [
    ...robots.map((value) => ({ signal: 'robots-meta' as const, value })),
    ...reservation('tdm-reservation-meta', metas.get('tdm-reservation'), metas.get('tdm-policy')),
  ];
}

function reservation(signal: OptOut['signal'], value: string | undefined, policy: string | undefined): OptOut[] {
  if (value?.trim() !== RESERVED) return [];
  return [{ signal, value: RESERVED, ...policyPart(policy) }];
}

const LONGEST_POLICY = 2_048;

/** The address of a policy as a part of an `OptOut`, if it is one of fair length. */
export function policyPart(policy: string | undefined): { policy?: string } {
  const address = policy?.trim() ?? '';
  return address !== '' && address.length <= LONGEST_POLICY ? { policy: address } : {};
}

/** Directives are joined by commas; one may be addressed to an agent: `otherbot: noai`. */
function aiDirectives(written = '', product: string): string[] {
  const found = written.split(',').flatMap((part) => {
    const [, agent, directive = ''] = /^\s*(?:([\w-]+)\s*:)?\s*([\w-]+)\s*$/.exec(part.toLowerCase()) ?? [];
    const isForUs = agent === undefined || agent === productName(product);
    return isForUs && AI_DIRECTIVES.has(directive) ? [directive] : [];
  });
  return [...new Set(found)];
}

function productName(product: string): string {
  return product.split('/')[0]?.trim().toLowerCase() ?? '';
}

/** Content of the head's meta elements by name, both as ASCII knows them, in lower case the name. */
function metasOf(body: Uint8Array): Map<string, string> {
  const metas = new Map<string, string>();
  let inHead = true;
  const parser = new Parser({
    onopentag: (element, { name, content }) => {
      if (element === 'body') inHead = false;
      const key = name?.trim().toLowerCase();
      if (!inHead || element !== 'meta' || key === undefined || content === undefined) return;
      metas.set(key, metas.has(key) ? `${metas.get(key)}, ${content}` : content);
    },
  });
  // Names and directives are ASCII, in whatever encoding the page is but UTF-16, which hardly any page is.
  parser.end(Buffer.from(body.buffer, body.byteOffset, Math.min(body.byteLength, HEAD_BYTES)).toString('latin1'));
  return metas;
}
