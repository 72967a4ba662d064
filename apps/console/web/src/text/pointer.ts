/** The value that a JSON Pointer (RFC 6901) names; undefined where there is none. */
export function atPointer(document: unknown, pointer: string): unknown {
  if (pointer === '') return document;
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, token) => {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
      return (value as Record<string, unknown>)[token];
    }, document);
}

/** A value for a reader: texts as they are, everything else as JSON. */
export function shown(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
