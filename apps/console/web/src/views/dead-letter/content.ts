import type { ConsoleDeadLetterAnswer, DeadLetterHeader } from '@wireroom/contracts';
import { fromBase64, prettyJson, textOf } from '../../text/bytes.js';

/** A message as it was received (0) or as someone edited it. */
export interface MessageVersion {
  number: number;
  keyBase64?: string;
  valueBase64?: string;
  headers: DeadLetterHeader[];
}

/** All versions of a dead letter's message, the original first. */
export function versionsOf({ keyBase64, valueBase64, headers, versions }: ConsoleDeadLetterAnswer): MessageVersion[] {
  return [{ number: 0, keyBase64, valueBase64, headers }, ...versions.map((one) => ({ ...one, number: one.edit }))];
}

/** Base64 as text, where it is UTF-8. */
export function decoded(base64: string | undefined): string | undefined {
  return base64 === undefined ? undefined : textOf(fromBase64(base64));
}

/** A value for a reader: JSON set out, other text as it is; undefined where it is no text. */
export function readable(base64: string | undefined): string | undefined {
  const text = decoded(base64);
  return text === undefined ? undefined : (prettyJson(text) ?? text);
}

/** Headers as lines that can be compared. */
export function headerText(headers: readonly DeadLetterHeader[]): string {
  return headers
    .map(({ name, valueBase64 }) => `${name}: ${decoded(valueBase64) ?? `base64 ${valueBase64}`}`)
    .join('\n');
}

/** All of a message as one text. */
export function versionText({ keyBase64, valueBase64, headers }: MessageVersion): string {
  const value = readable(valueBase64) ?? valueBase64 ?? '';
  return `key: ${decoded(keyBase64) ?? keyBase64 ?? 'none'}\n${headerText(headers)}\n\n${value}\n`;
}
