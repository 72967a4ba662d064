import PostalMime, { type Email } from 'postal-mime';

import { IntakeError } from '../intake-error.js';
import { LIMITS } from '../limits.js';
import { paragraphsToHtml } from '../render-article.js';
import { htmlToText } from '../text/html.js';
import { parseDate } from '../text/parse-date.js';
import { isWebUrl } from '../text/resolve-url.js';
import type { MailMessage } from './mail-message.js';

const NEWLINE = 0x0a;
/** Fields of which a message has at least one. */
const MESSAGE_FIELDS = ['from', 'date', 'subject', 'message-id'];
/** Depth of parts in parts, and of messages in messages; what a newsletter needs is three. */
const DEPTH = { maxNestingDepth: 32, maxRfc822NestingDepth: 0 };

/**
 * Reads a message (RFC 5322, MIME): headers with encoded words, bodies in any charset and transfer encoding, of
 * alternatives the HTML. Attachments are left out. A multipart message without its last boundary was cut off, and is
 * refused as a whole.
 *
 * @throws IntakeError `empty` when it holds no text, `not-a-message`, `malformed`, `too-large`
 */
export async function parseMail(bytes: Uint8Array): Promise<MailMessage> {
  refuseTooLarge(bytes);
  const mail = await PostalMime.parse(bytes, DEPTH).catch((cause: unknown) => {
    throw new IntakeError('malformed', `message can't be read: ${(cause as Error).message}`, { cause });
  });
  if (mail.headers.every(({ key }) => !MESSAGE_FIELDS.includes(key))) throw notOne(bytes);
  if (breaksOff(mail, bytes)) throw new IntakeError('malformed', 'message breaks off: its last boundary is missing');
  const html = htmlOf(mail);
  const text = htmlToText(html);
  if (text === '') throw new IntakeError('empty', 'message holds no text');
  return { ...headOf(mail), html, text };
}

function refuseTooLarge(bytes: Uint8Array): void {
  if (bytes.length > LIMITS.documentBytes) {
    throw new IntakeError('too-large', `message has ${bytes.length} bytes; the limit is ${LIMITS.documentBytes}`);
  }
  let lines = 1;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  if (lines > LIMITS.messageLines) {
    throw new IntakeError('too-large', `message has ${lines} lines; the limit is ${LIMITS.messageLines}`);
  }
}

function headOf(mail: Email): Omit<MailMessage, 'html' | 'text'> {
  const field = (name: string): string | undefined => mail.headers.find(({ key }) => key === name)?.value;
  const archivedAt = bare(field('archived-at'));
  return {
    messageId: bare(mail.messageId),
    subject: words(mail.subject),
    from: mail.from && { name: words(mail.from.name), address: words(mail.from.address) },
    date: parseDate(field('date')),
    language: /^[a-z]{2,3}(-[a-z0-9]+)*$/i.exec(field('content-language')?.trim() ?? '')?.[0],
    listId: /<([^<>]+)>/.exec(field('list-id') ?? '')?.[1],
    archivedAt: isWebUrl(archivedAt) && URL.canParse(archivedAt!) ? archivedAt : undefined,
  };
}

/** The HTML inside of its document, or the paragraphs of the plain text. */
function htmlOf({ html, text = '' }: Email): string {
  if (html === undefined) return paragraphsToHtml(paragraphsOf(text));
  const start = /<body\b[^<>]*>/i.exec(html);
  const inside = start ? html.slice(start.index + start[0].length) : html;
  const end = inside.toLowerCase().lastIndexOf('</body');
  return (end < 0 ? inside : inside.slice(0, end)).trim();
}

/** Plain text is wrapped at some width and parted by blank lines; what follows `-- ` is the sender's signature. */
function paragraphsOf(text: string): string[] {
  const [body = ''] = text.split(/^-- \r?$/m);
  return body
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replace(/\s+/gu, ' ').trim())
    .filter(Boolean);
}

function breaksOff({ headers }: Email, bytes: Uint8Array): boolean {
  const type = headers.find(({ key }) => key === 'content-type')?.value ?? '';
  const [, quoted, token] = /^multipart\/[^;]*;(?:.*;)?\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(type) ?? [];
  const boundary = quoted ?? token;
  return boundary !== undefined && !Buffer.from(bytes).includes(`--${boundary}--`);
}

function notOne(bytes: Uint8Array): IntakeError {
  const isBlank = Buffer.from(bytes).toString('latin1').trim() === '';
  return isBlank
    ? new IntakeError('empty', 'message holds nothing')
    : new IntakeError('not-a-message', 'there is no header of a message (From, Date, Subject, Message-ID)');
}

function bare(id: string | undefined): string | undefined {
  return words(/<([^<>]*)>/.exec(id ?? '')?.[1] ?? id);
}

function words(text: string | undefined): string | undefined {
  const line = text?.replace(/\s+/gu, ' ').trim();
  return line === '' ? undefined : line;
}
