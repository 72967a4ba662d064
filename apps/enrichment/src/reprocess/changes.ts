import type { FieldChange } from '@wireroom/contracts';
import { isDeepStrictEqual } from 'node:util';

const MOST = 200;
const MOST_CHARACTERS = 2000;

/** The values that differ between two JSON documents, the smallest that do, with JSON Pointers (RFC 6901). Pure. */
export function changesBetween(before: unknown, after: unknown, pointer = ''): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names
      .flatMap((name) => changesBetween(before[name], after[name], `${pointer}/${escaped(name)}`))
      .slice(0, MOST);
  }
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.flatMap((value, at) => changesBetween(value, after[at], `${pointer}/${at}`)).slice(0, MOST);
  }
  return [
    {
      field: pointer,
      ...(before === undefined ? {} : { before: shown(before) }),
      ...(after === undefined ? {} : { after: shown(after) }),
    },
  ];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= MOST_CHARACTERS ? text : `${text.slice(0, MOST_CHARACTERS)}…`;
}
