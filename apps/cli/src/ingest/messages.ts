import { IntakeError, originalOfMail, parseMail, readMailbox } from '@wireroom/intake';
import type { ContentSubmittedData } from '@wireroom/contracts';
import { CliError, EXIT } from '../exit-codes.js';
import type { Refusal } from './not-handed-in.js';

/** A message as a page with what is known of it, or why it is none. */
export type ReadMessage =
  { name: string; bytes: Buffer; known: Partial<ContentSubmittedData> } | { name: string; refusal: Refusal };

/**
 * The messages of a mailbox, each by itself, in memory of the largest: one that can't be read does not keep the others.
 *
 * @throws CliError when the file can't be read.
 */
export async function* messagesOf(path: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<ReadMessage> {
  try {
    for await (const { number, bytes } of readMailbox(source)) {
      const name = `${path}:${number}`;
      const tooLarge = { code: 'too-large', message: 'the message is larger than one may be' };
      yield bytes ? await messageOf(name, bytes) : { name, refusal: tooLarge };
    }
  } catch (error) {
    if (error instanceof IntakeError) yield refused(path, error);
    else throw new CliError(EXIT.failed, `${path} can't be read (${codeOf(error)})`, { cause: error });
  }
}

export async function messageOf(name: string, bytes: Uint8Array): Promise<ReadMessage> {
  try {
    const { bytes: page, ...known } = originalOfMail(await parseMail(bytes));
    return { name, bytes: page, known };
  } catch (error) {
    if (error instanceof IntakeError) return refused(name, error);
    throw error;
  }
}

function refused(name: string, { code, message }: IntakeError): ReadMessage {
  return { name, refusal: { code, message } };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? 'unknown';
}
