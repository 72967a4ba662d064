const DATELINE =
  /^((?:\p{Lu}[\p{Lu}\p{M}.'’-]+|\p{Lu}[\p{L}\p{M}.'’-]+)(?:[ ,/]+(?:\p{Lu}[\p{L}\p{M}.'’-]*|\d{1,2}\.?|de|del|la|am|an|der|of)){0,6}[ ,]*(?:\([\p{L}\p{N} ./’'-]{2,40}\))?)\s*(?:[-–—]{1,2}|:)\s+(?=\S)/u;

/**
 * The place, and often day and agency, in front of a report's first sentence: `HARLOW, May 4 (Norwire) –`.
 * A capitalised place or an agency in brackets is asked for, since sentences may begin with a name and a dash.
 */
export function datelineOf(paragraph: string | undefined): string | undefined {
  const candidate = DATELINE.exec(paragraph?.slice(0, 140) ?? '')?.[1]?.trim();
  if (!candidate) return undefined;
  const place = candidate.split(/[ ,(/]/, 1)[0] ?? '';
  const isCapital = place.length > 2 && place === place.toUpperCase();
  return isCapital || candidate.endsWith(')') ? candidate : undefined;
}
