/**
 * Characters that change how others are shown, or are not shown at all: bidirectional controls (Unicode 16, section
 * 23.2), zero-width and control characters. In a headline they can make one thing look like another.
 */
const DECEIVING = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const NAMES: Record<string, string> = {
  '\u0000': 'NUL',
  '\u001b': 'ESC',
  '\u200b': 'ZWSP',
  '\u200e': 'LRM',
  '\u200f': 'RLM',
  '\u061c': 'ALM',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
  '\ufeff': 'BOM',
};

/** One line of someone else's text: what deceives is named, `⟨RLO⟩`, and what is too long is cut. */
export function harmless(text: string, limit = 300): string {
  const cut = text.length > limit ? `${wholeCharacters(text.slice(0, limit))}…` : text;
  return cut.replace(DECEIVING, (character) =>
    /\s/.test(character) && character !== '\ufeff' ? ' ' : `⟨${nameOf(character)}⟩`,
  );
}

/** The same for a text of several lines, which keeps its lines and its tabs. */
export function harmlessLines(text: string): string {
  return text.replace(DECEIVING, (character) => (/[\n\r\t]/.test(character) ? character : `⟨${nameOf(character)}⟩`));
}

function nameOf(character: string): string {
  return NAMES[character] ?? `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function wholeCharacters(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  const isHalfAPair = last >= 0xd800 && last <= 0xdbff;
  return isHalfAPair ? text.slice(0, -1) : text;
}
