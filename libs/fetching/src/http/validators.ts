/**
 * Validators as RFC 9110 sections 8.8.2 and 8.8.3 have them, and no more: what is stored from one answer is sent with
 * the next request, so a value that could end its header field (PITFALLS C19) or grow it without end is dropped.
 */

/** Quoted, weak or not; and the bare token that some servers send and compare. */
const ENTITY_TAG = /^(?:(?:W\/)?"[\x21\x23-\x7e]*"|[\x21\x23-\x2b\x2d-\x7e]+)$/;
const LONGEST_TAG = 512;

/** `Sun, 06 Nov 1994 08:49:37 GMT` and the two older forms of HTTP. */
const HTTP_DATE = /^(?:[A-Z][a-z]{2,8},? [\d A-Za-z:+-]{10,40})$/;

/** The entity tag, if it can be sent back. */
export function saneEtag(value: string | undefined): string | undefined {
  const tag = value?.trim();
  return tag !== undefined && tag.length <= LONGEST_TAG && ENTITY_TAG.test(tag) ? tag : undefined;
}

/** The date as the server wrote it (it may compare it letter by letter), if it is one. */
export function saneLastModified(value: string | undefined): string | undefined {
  const date = value?.trim();
  return date !== undefined && httpDate(date) !== undefined ? date : undefined;
}

/** An HTTP date, as epoch milliseconds. */
export function httpDate(value: string | undefined): number | undefined {
  const date = value?.trim() ?? '';
  if (!HTTP_DATE.test(date)) return undefined;
  // The asctime form has no zone and means UTC.
  const at = Date.parse(/GMT|UTC|[+-]\d{4}$/.test(date) ? date : `${date} GMT`);
  return Number.isNaN(at) ? undefined : at;
}
