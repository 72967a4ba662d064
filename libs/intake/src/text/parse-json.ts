import { IntakeError } from '../intake-error.js';

/** @throws IntakeError `malformed` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(withoutMark(text));
  } catch (cause) {
    throw new IntakeError('malformed', 'JSON can not be read', { cause });
  }
}

/**
 * Like `parseJson`; of an object that breaks off inside a list, the whole elements of that list stay.
 *
 * @throws IntakeError `malformed`
 */
export function parseCutJson(text: string): unknown {
  try {
    return JSON.parse(withoutMark(text));
  } catch {
    return parseJson(closeCutList(text) ?? text);
  }
}

function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, '');
}

/** The text up to the last whole element of a list in the outermost object, closed there; `undefined` without one. */
function closeCutList(text: string): string | undefined {
  let depth = 0;
  let end: number | undefined;
  const scanner = /"(?:[^"\\]|\\[^])*"?|[{}[\]]/g;
  for (let match = scanner.exec(text); match; match = scanner.exec(text)) {
    if (match[0] === '{' || match[0] === '[') depth++;
    else if (match[0] === '}' || match[0] === ']') {
      depth--;
      if (depth === 2 && match[0] === '}') end = match.index + 1;
    }
  }
  return end === undefined ? undefined : `${text.slice(0, end)}]}`;
}
