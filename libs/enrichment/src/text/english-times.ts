/** English days and months in lower case; in a text they have a capital, as names have. */
export const ENGLISH_DAYS = setOf('monday tuesday wednesday thursday friday saturday sunday');
export const ENGLISH_MONTHS = setOf(
  'january february march april may june july august september october november december',
);
/** Months that are given names as well. */
export const MONTHS_AND_NAMES = setOf('april may june');

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
