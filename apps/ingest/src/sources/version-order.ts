/**
 * Whether a publisher's version follows the one that is known. Numbers count as numbers, anything else (dates, most
 * often) in the order of its characters.
 */
export function isNewerVersion(version: string, known: string | undefined): boolean {
  if (known === undefined) return true;
  const [a, b] = [version.trim(), known.trim()];
  if (/^\d{1,15}$/.test(a) && /^\d{1,15}$/.test(b)) return Number(a) > Number(b);
  return a.localeCompare(b, 'en', { numeric: true }) > 0;
}
