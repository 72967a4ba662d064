/** A text with its accented letters as the bare ones: "Água" as "Agua". */
export function withoutAccents(text: string): string {
  // Most words have none, and are asked for often.
  return /[^\x20-\x7e]/.test(text) ? text.normalize('NFD').replace(/\p{M}/gu, '') : text;
}
