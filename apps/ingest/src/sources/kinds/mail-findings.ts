import { IntakeError, type MailMessage, originalOfMail, parseMail, readMailbox } from '@wireroom/intake';
import { textDigestOf } from '../digests.js';
import type { Finding, FoundItem } from './kind.js';

/** What a message is: an item, or the reason why none. */
export async function mailFinding(label: string, bytes: Uint8Array): Promise<Finding> {
  try {
    return { type: 'item', item: itemOf(await parseMail(bytes)) };
  } catch (error) {
    return rejected(label, error);
  }
}

/** What the messages of a mailbox are. One that can't be read is rejected by itself. */
export async function* mailboxFindings(label: string, source: AsyncIterable<Uint8Array>): AsyncGenerator<Finding> {
  try {
    for await (const { number, bytes } of readMailbox(source)) {
      const message = `${label}, message ${number}`;
      yield bytes
        ? await mailFinding(message, bytes)
        : { type: 'reject', label: message, code: 'too-large', reason: 'the message is larger than one may be' };
    }
  } catch (error) {
    yield rejected(label, error);
  }
}

function rejected(label: string, error: unknown): Finding {
  if (!(error instanceof IntakeError)) throw error;
  return { type: 'reject', label, code: error.code, reason: error.message };
}

function itemOf(message: MailMessage): FoundItem {
  const { externalId, url, publishedAt, bytes, contentType, metadata } = originalOfMail(message);
  const { subject, text, from } = message;
  const textDigest = textDigestOf([subject ?? '', from?.name ?? '', text]);
  return {
    label: subject ?? externalId,
    ownId: externalId,
    addresses: url === undefined ? [] : [url],
    digest: textDigest,
    publishedAt,
    metadata,
    load: async () => ({ outcome: 'loaded', bytes, contentType, addresses: [], textDigest }),
  };
}
