const known = new Map<string, string>();

/** What a character reference of HTML stands for: `&eacute;` for é. Unknown ones stand for themselves. */
export function decodeReference(reference: string): string {
  let decoded = known.get(reference);
  if (decoded === undefined) {
    decoded = new DOMParser().parseFromString(`<p>${reference}`, 'text/html').body.textContent;
    known.set(reference, decoded);
  }
  return decoded;
}
