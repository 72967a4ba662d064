import { IntakeError } from '../intake-error.js';
import { LIMITS } from '../limits.js';

/** One message of a mailbox; `bytes` is absent where it is larger than a message may be. */
export interface MailboxEntry {
  /** 1-based. */
  number: number;
  bytes?: Buffer;
}

const NEWLINE = 0x0a;
/** `From sender Mon Mar  2 09:15:00 2026`, with all that mail programs write in it. */
const SEPARATOR =
  /^From .*\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:\d{1,2} +)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b.* \d{1,2}:\d{2}/;
const LONGEST_SEPARATOR = 400;
const FROM = Buffer.from('From ');
const QUOTED_FROM = /^>+From /;
const QUOTE = 0x3e;

/**
 * Reads a mailbox in the `mbox` format (RFC 4155) as a stream, in memory of its largest message. Lines quoted by `>`
 * before `From ` are given back as they were (the `mboxrd` and `mboxo` ways); a line that begins with `From ` parts
 * messages where a date follows in it, whether or not a blank line comes before: so a message that was cut off takes
 * no other one along.
 *
 * @throws IntakeError `empty`, `not-a-mailbox`; errors of the source pass through
 */
export async function* readMailbox(source: AsyncIterable<Uint8Array>): AsyncGenerator<MailboxEntry> {
  const mailbox = new Mailbox();
  for await (const chunk of source) yield* mailbox.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
  yield* mailbox.end();
}

class Mailbox {
  private readonly line = new Pieces();
  private readonly message = new Pieces();
  /** Of the message that is read; 0 before the first one. */
  private number = 0;

  *push(chunk: Buffer): Generator<MailboxEntry> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.line.add(chunk.subarray(start, end + 1));
      yield* this.endLine();
      start = end + 1;
    }
    this.line.add(chunk.subarray(start));
  }

  *end(): Generator<MailboxEntry> {
    if (this.line.length > 0) yield* this.endLine();
    if (this.number === 0) throw new IntakeError('empty', 'mailbox holds nothing');
    yield this.take();
  }

  private *endLine(): Generator<MailboxEntry> {
    const { length } = this.line;
    const line = this.line.take();
    if (line && isSeparator(line)) {
      if (this.number > 0) yield this.take();
      this.number++;
    } else if (this.number === 0) refuseUnlessBlank(line);
    else if (line) this.message.add(unquoted(line));
    else this.message.skip(length);
  }

  private take(): MailboxEntry {
    const bytes = this.message.take();
    return { number: this.number, ...(bytes && { bytes }) };
  }
}

/** Bytes that come piece by piece; what grows over the limit is counted and not kept. */
class Pieces {
  length = 0;
  private parts: Buffer[] = [];

  add(part: Buffer): void {
    this.skip(part.length);
    if (this.length <= LIMITS.documentBytes) this.parts.push(part);
  }

  skip(bytes: number): void {
    this.length += bytes;
    if (this.length > LIMITS.documentBytes) this.parts = [];
  }

  /** All of them, undefined when they were too many. */
  take(): Buffer | undefined {
    const whole = this.length > LIMITS.documentBytes ? undefined : joined(this.parts);
    this.parts = [];
    this.length = 0;
    return whole;
  }
}

function joined(parts: Buffer[]): Buffer {
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

function isSeparator(line: Buffer): boolean {
  if (line.length > LONGEST_SEPARATOR || !line.subarray(0, FROM.length).equals(FROM)) return false;
  return SEPARATOR.test(line.toString('latin1'));
}

function unquoted(line: Buffer): Buffer {
  if (line[0] !== QUOTE) return line;
  return QUOTED_FROM.test(line.subarray(0, LONGEST_SEPARATOR).toString('latin1')) ? line.subarray(1) : line;
}

function refuseUnlessBlank(line: Buffer | undefined): void {
  if (line?.toString('utf8').trim() === '') return;
  throw new IntakeError('not-a-mailbox', 'does not begin with the line "From <sender> <date>" of a mailbox');
}
