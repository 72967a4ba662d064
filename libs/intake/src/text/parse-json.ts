import { IntakeError } from '../intake-error.js';

/** @throws IntakeError `malformed` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (cause) {
    throw new IntakeError('malformed', 'JSON can not be read', { cause });
  }
}
