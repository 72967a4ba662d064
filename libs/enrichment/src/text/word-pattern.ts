/** The source of a pattern for whole words, `a|b|c`: no letter stands beside what it matches. Needs the flag `u`. */
export function wholeWords(alternatives: string): string {
  return `(?<!\\p{L})(?:${alternatives})(?!\\p{L})`;
}
