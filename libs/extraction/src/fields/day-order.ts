import type { Block } from '../html/blocks.js';

/** Lines longer than this are text; their figures may be fractions and scores. */
const LONGEST_LINE = 200;
const SLASHED = /(?<![\d/])(\d{1,2})\/(\d{1,2})\/(?:19|20)\d{2}(?!\d)/g;

/**
 * Whether dates such as `4/5/2030` name the month first on a page. Other dates of the page tell where they have a
 * day after the twelfth; else it is the language declared for the United States, unless the address is of another
 * country: templates are born with that language.
 */
export function monthComesFirst(blocks: Block[], language: string | undefined, address = ''): boolean {
  const dates = blocks
    .filter(({ text }) => text.length <= LONGEST_LINE && text.includes('/'))
    .flatMap(({ text }) => [...text.matchAll(SLASHED)]);
  if (dates.some(([, first]) => Number(first) > 12)) return false;
  if (dates.some(([, , second]) => Number(second) > 12)) return true;
  const country = URL.canParse(address) ? /\.([a-z]{2})$/.exec(new URL(address).hostname)?.[1] : undefined;
  return /^en[-_]us$/i.test(language ?? '') && (country === undefined || country === 'us');
}
