/** Header fields of an answer, names in lower case, repeated ones joined. */
export type Fields = Partial<Record<string, string>>;

/** What is kept of an answer's fields: what a parser, a ledger or a subscriber needs, and no cookie. */
const KEPT = [
  'age',
  'cache-control',
  'content-disposition',
  'content-language',
  'content-length',
  'content-location',
  'content-range',
  'content-type',
  'date',
  'etag',
  'expires',
  'last-modified',
  'link',
  'retry-after',
  'tdm-policy',
  'tdm-reservation',
  'x-robots-tag',
] as const;

/** Fields as undici hands them over, joined as RFC 9110 section 5.3 allows. */
export function joinFields(raw: Record<string, string | string[] | undefined>): Fields {
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  );
}

/** The part that answers carry on. */
export function keptFields(fields: Fields): Record<string, string> {
  return Object.fromEntries(KEPT.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));
}

/** `text/html` of a Content-Type field, in lower case. */
export function mediaTypeOf(contentType: string | undefined): string | undefined {
  return contentType?.split(';')[0]?.trim().toLowerCase() || undefined;
}

/** The charset parameter of a Content-Type field, in lower case and without quotes. */
export function charsetOf(contentType: string | undefined): string | undefined {
  return /;\s*charset\s*=\s*"?([\w.:+-]{1,40})/i.exec(contentType ?? '')?.[1]?.toLowerCase();
}
