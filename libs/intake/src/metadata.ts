const MAX_TEXT = 2000;
const MAX_KEYS = 50;

/** Words to travel with an item, within the limits of the contract: lists joined by "; ", what is absent left out. */
export function metadataOf(words: Record<string, string | number | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(words).flatMap(([key, value]): [string, string][] => {
    const text = Array.isArray(value) ? value.join('; ') : String(value ?? '');
    return text === '' ? [] : [[key, text.slice(0, MAX_TEXT).toWellFormed()]];
  });
  return Object.fromEntries(entries.slice(0, MAX_KEYS));
}
