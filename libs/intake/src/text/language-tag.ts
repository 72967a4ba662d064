/** A language tag as BCP 47 spells it; `undefined` for the empty tag that takes a language back. */
export function languageTag(tag: string | undefined): string | undefined {
  return tag?.trim().replaceAll('_', '-') || undefined;
}
