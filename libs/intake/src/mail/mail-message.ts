import { createHash } from 'node:crypto';

import { metadataOf } from '../metadata.js';
import { RENDERED_TYPE, renderArticle } from '../render-article.js';

/** A message as a newsletter is sent. */
export interface MailMessage {
  /** The Message-ID without its angle brackets (RFC 5322 section 3.6.4). */
  messageId?: string;
  subject?: string;
  from?: { name?: string; address?: string };
  /** When it was sent: ISO 8601 in UTC. */
  date?: string;
  /** BCP 47, of Content-Language. */
  language?: string;
  /** The list it came over, without its angle brackets (RFC 2919). */
  listId?: string;
  /** Where the message stands on the web (RFC 5064). */
  archivedAt?: string;
  /** The body as HTML, without its head. As it was sent: not made safe. */
  html: string;
  /** The words of the body on one line. */
  text: string;
}

/** A message as an original that can be handed in. */
export interface MailOriginal {
  externalId: string;
  url?: string;
  publishedAt?: string;
  contentType: string;
  bytes: Buffer;
  metadata: Record<string, string>;
}

/** Longer ids than a submission may have are told by their digest. */
const LONGEST_ID = 1000;

/** The subject becomes the headline, the sender's name the byline; what names no Message-ID is named by its content. */
export function originalOfMail(message: MailMessage): MailOriginal {
  const { messageId = '', subject, from, date, language, listId, archivedAt, html, text } = message;
  const digest = createHash('sha256')
    .update(JSON.stringify([messageId, from, date, subject, text]))
    .digest('hex');
  const sender = [from?.name, from?.address && `<${from.address}>`].filter(Boolean).join(' ');
  return {
    externalId: messageId === '' || messageId.length > LONGEST_ID ? `message-${digest}` : messageId,
    url: archivedAt,
    publishedAt: date,
    contentType: RENDERED_TYPE,
    bytes: renderArticle({
      title: subject,
      language,
      url: archivedAt,
      authors: from?.name === undefined ? [] : [from.name],
      publishedAt: date,
      bodyHtml: html,
    }),
    metadata: metadataOf({ format: 'mail', from: sender, list: listId }),
  };
}
