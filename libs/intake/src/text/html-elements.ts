/** A set of the names in a list with spaces between them. */
export function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}

/** Elements without content (HTML section 13.1.2, with the obsolete ones a tokenizer treats alike). */
export const VOID_ELEMENTS = names('area base br col command embed hr img input link meta param source track wbr');

/** Elements whose end tag may be left out, so that any number of them lies side by side and not inside each other. */
export const IMPLIED_END_ELEMENTS = names('p li dt dd td th tr option');

/** Elements inside a line of text: no space belongs where they begin or end. */
export const INLINE_ELEMENTS = names(
  'a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd mark q s samp small span strike ' +
    'strong sub sup time tt u var wbr',
);
