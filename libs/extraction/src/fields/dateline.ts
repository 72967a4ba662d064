const AGENCY = "\\([\\p{L}\\p{N} ./’'-]{2,40}\\)";
const WORD = "(?:\\p{Lu}[\\p{Lu}\\p{M}.'’-]+|\\p{Lu}[\\p{L}\\p{M}.'’-]+)";
// "4 feb", "3 mars", "12. März", "4 de febrero de 2024".
const DAY = '\\d{1,2}\\.?(?: (?:de )?\\p{Ll}{3,10}\\.?)?(?: (?:de )?\\d{4})?';
const DATELINE = new RegExp(
  `^((?:${AGENCY}\\s*[-–—]\\s*)?${WORD}(?:[ ,/]+(?:\\p{Lu}[\\p{L}\\p{M}.'’-]*|${DAY}|de|del|la|am|an|der|of)){0,6}[ ,]*(?:${AGENCY})?)\\s*\\.?(?:[-–—]{1,2}|:)\\s+(?=\\S)`,
  'u',
);

/**
 * The place, and often day and agency, in front of a report's first sentence: `HARLOW, May 4 (Norwire) –`,
 * `Puerto Alcor, 4 feb (EFE).-`, `(ANSA) - ROMA, 12 MAR -`. A capitalised place or an agency in brackets is asked for,
 * since sentences may begin with a name and a dash.
 */
export function datelineOf(paragraph: string | undefined): string | undefined {
  const candidate = DATELINE.exec(paragraph?.slice(0, 140) ?? '')?.[1]?.trim();
  if (!candidate) return undefined;
  const place = candidate.split(/[ ,(/]/, 1)[0] ?? '';
  const isCapital = place.length > 2 && place === place.toUpperCase();
  return isCapital || candidate.startsWith('(') || candidate.endsWith(')') ? candidate : undefined;
}
