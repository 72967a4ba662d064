interface Reference {
  scheme?: string;
  authority?: string;
  path: string;
  query?: string;
  fragment?: string;
}

// RFC 3986, appendix B, with the scheme's own alphabet.
const REFERENCE = /^(?:([a-z][a-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#([^]*))?$/i;

/**
 * Resolves a reference against a base address by RFC 3986 section 5.2, character by character, so that addresses
 * with letters outside ASCII (IRIs, RFC 3987) stay readable. An absolute reference comes back trimmed and otherwise
 * as it was; so does a relative one when there is no usable base.
 */
export function resolveUrl(reference: string, base: string | undefined): string {
  const trimmed = reference.trim();
  const target = split(trimmed);
  if (target.scheme !== undefined || base === undefined) return trimmed;
  const from = split(base);
  if (from.scheme === undefined) return trimmed;
  return join(merge(target, from));
}

// Schemes that carry a program or a document of their own instead of leading to one.
const EXECUTABLE = /^(?:javascript|vbscript|livescript|mocha|data|blob|filesystem|view-source|about):/i;

/**
 * A reference as the address of something to read: resolved, and `undefined` when it is empty or its scheme would
 * run what it holds. Control characters inside are dropped, as browsers do.
 */
export function resolveLink(reference: string | undefined, base: string | undefined): string | undefined {
  const text = (reference ?? '').replace(/[\0-\x1f]+/g, '').trim();
  const address = text === '' ? '' : resolveUrl(text, base);
  return address === '' || EXECUTABLE.test(address) ? undefined : address;
}

/** Whether a text is an absolute http or https address. */
export function isWebUrl(text: string | undefined): boolean {
  return text !== undefined && /^https?:\/\/[^\s/]/i.test(text);
}

function split(text: string): Reference {
  const [, scheme, authority, path = '', query, fragment] = REFERENCE.exec(text) ?? [];
  return { scheme, authority, path, query, fragment };
}

function merge(target: Reference, base: Reference): Reference {
  const { scheme } = base;
  const { fragment } = target;
  if (target.authority !== undefined) return { ...target, scheme, path: removeDots(target.path) };
  const { authority } = base;
  if (target.path === '') return { scheme, authority, path: base.path, query: target.query ?? base.query, fragment };
  const path = target.path.startsWith('/') ? target.path : besideOf(base) + target.path;
  return { scheme, authority, path: removeDots(path), query: target.query, fragment };
}

function besideOf(base: Reference): string {
  if (base.authority !== undefined && base.path === '') return '/';
  return base.path.slice(0, base.path.lastIndexOf('/') + 1);
}

function removeDots(path: string): string {
  if (!path.includes('.')) return path;
  const output: string[] = [];
  const segments = path.split('/');
  segments.forEach((segment, at) => {
    const last = at === segments.length - 1;
    if (segment === '..') {
      if (output.length > 1) output.pop();
      if (last) output.push('');
    } else if (segment === '.') {
      if (last) output.push('');
    } else {
      output.push(segment);
    }
  });
  return output.join('/');
}

function join({ scheme, authority, path, query, fragment }: Reference): string {
  const start = authority === undefined ? `${scheme}:` : `${scheme}://${authority}`;
  return start + path + (query === undefined ? '' : `?${query}`) + (fragment === undefined ? '' : `#${fragment}`);
}
