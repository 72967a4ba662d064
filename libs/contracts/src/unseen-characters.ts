/*
 * Characters that no reader sees, which hide or turn what one sees. Extraction takes them out of articles, enrichment
 * marks where they stood. A module of its own to import, since extraction needs nothing else of the contracts at runtime.
 */

/**
 * Zero-width spaces and tag characters, but no soft hyphen, which is part of its word; the joiners only between letters
 * of scripts that need none, and not the tags that make the flag of a region. Global: for `replace` and `matchAll`.
 */
export const INVISIBLE_CHARACTERS =
  /[\u180E\u200B\u2060-\u2064\uFEFF]|(?<!\u{1F3F4}[\u{E0000}-\u{E007F}]{0,10})[\u{E0000}-\u{E007F}]+|(?<=[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}])[\u200C\u200D]+(?=[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}])/gu;

/** Embeddings, overrides and isolates of the bidirectional algorithm. Global. */
export const BIDI_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;
