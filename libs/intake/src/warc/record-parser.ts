/** A record as the archive holds it. */
export interface RawRecord {
  /** Named fields, names in lower case. */
  fields: Record<string, string>;
  /** The block; empty when it is larger than the limit. */
  block: Buffer;
  tooLarge: boolean;
  /** Where the record ends, in bytes of the (inflated) archive. */
  end: number;
}

export type RecordEvent = { type: 'record'; record: RawRecord } | { type: 'corrupt'; offset: number };

/** Bytes of one record that are kept; news pages are smaller by far. */
const LONGEST_BLOCK = 64 * 1024 * 1024;
const LONGEST_HEADER = 1024 * 1024;
const MARK = 'WARC/';
/** A line that begins a record, with the line end before it. */
const RESTART = /\r?\n(?=WARC\/\d)/;

type State =
  | { name: 'between' }
  | { name: 'searching' }
  | { name: 'header' }
  | {
      name: 'block';
      fields: Record<string, string>;
      length: number;
      parts: Buffer[];
      missing: number;
      tooLarge: boolean;
    };

/**
 * Cuts a byte stream into WARC records (WARC 1.1, ISO 28500), whatever the sizes of the chunks it comes in. The
 * Content-Length of the record decides where it ends; when no record or end follows there, the record is given up
 * and the search for the next one begins inside what was taken for its block.
 */
export class RecordParser {
  private pending: Buffer = Buffer.alloc(0);
  private state: State = { name: 'between' };

  /** @param offset position of the first byte in the whole archive */
  constructor(private offset = 0) {}

  /** Whether the stream could end here without cutting a record. */
  get isBetweenRecords(): boolean {
    return this.state.name === 'between' || (this.state.name === 'block' && this.state.missing === 0);
  }

  /** Takes the next bytes and answers what became whole by them. */
  push(bytes: Buffer): RecordEvent[] {
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    return this.advance(false);
  }

  /** What is whole now that nothing follows. Bytes of an unfinished record are dropped. */
  end(): RecordEvent[] {
    const events = this.advance(true);
    this.reset();
    return events;
  }

  /** Forgets an unfinished record. */
  reset(offset = this.offset + this.pending.length): void {
    this.pending = Buffer.alloc(0);
    this.state = { name: 'between' };
    this.offset = offset;
  }

  private advance(isEnd: boolean): RecordEvent[] {
    const events: RecordEvent[] = [];
    while (this.step(events, isEnd));
    return events;
  }

  /** One step of the state machine; false when it needs more bytes. */
  private step(events: RecordEvent[], isEnd: boolean): boolean {
    switch (this.state.name) {
      case 'between':
        return this.startRecord(events, isEnd);
      case 'searching':
        return this.search();
      case 'header':
        return this.readHeader(events);
      case 'block':
        return this.readBlock(events, isEnd);
    }
  }

  private startRecord(events: RecordEvent[], isEnd: boolean): boolean {
    this.drop(leadingBlank(this.pending));
    const start = this.pending.subarray(0, MARK.length).toString('latin1');
    if (start === MARK) {
      this.state = { name: 'header' };
      return true;
    }
    if (start.length === 0 || (!isEnd && MARK.startsWith(start))) return false;
    events.push({ type: 'corrupt', offset: this.offset });
    this.state = { name: 'searching' };
    return true;
  }

  private search(): boolean {
    const match = RESTART.exec(this.pending.toString('latin1'));
    if (!match) {
      this.drop(Math.max(0, this.pending.length - MARK.length - 3));
      return false;
    }
    this.drop(match.index);
    this.state = { name: 'between' };
    return true;
  }

  private readHeader(events: RecordEvent[]): boolean {
    const end = headerEnd(this.pending);
    if (end === undefined && this.pending.length <= LONGEST_HEADER) return false;
    const fields = parseFields(this.pending.subarray(0, end).toString('utf8'));
    const length = fields['content-length'] ?? '';
    if (end === undefined || !/^\d{1,15}$/.test(length)) {
      events.push({ type: 'corrupt', offset: this.offset });
      this.drop(MARK.length);
      this.state = { name: 'searching' };
      return true;
    }
    this.drop(end);
    const missing = Number(length);
    this.state = { name: 'block', fields, length: missing, parts: [], missing, tooLarge: missing > LONGEST_BLOCK };
    return true;
  }

  private readBlock(events: RecordEvent[], isEnd: boolean): boolean {
    if (this.state.name !== 'block') return false;
    const taken = this.pending.subarray(0, this.state.missing);
    if (taken.length > 0) {
      if (!this.state.tooLarge) this.state.parts.push(taken);
      this.state.missing -= taken.length;
      this.drop(taken.length);
    }
    if (this.state.missing > 0) return false;
    return this.finishBlock(events, isEnd, this.state);
  }

  private finishBlock(events: RecordEvent[], isEnd: boolean, state: State & { name: 'block' }): boolean {
    const blank = leadingBlank(this.pending);
    const next = this.pending.subarray(blank, blank + MARK.length).toString('latin1');
    if (!isEnd && MARK !== next && MARK.startsWith(next) && blank < 4) return false;
    const [onlyPart = Buffer.alloc(0)] = state.parts;
    const block = state.parts.length < 2 ? onlyPart : Buffer.concat(state.parts);
    if (blank >= 2 || next === MARK || (isEnd && next === '')) {
      this.drop(blank);
      events.push({
        type: 'record',
        record: { fields: state.fields, block, tooLarge: state.tooLarge, end: this.offset },
      });
      this.state = { name: 'between' };
    } else {
      events.push({ type: 'corrupt', offset: this.offset - state.length });
      this.pending = Buffer.concat([block, this.pending]);
      this.offset -= block.length;
      this.state = { name: 'searching' };
    }
    return true;
  }

  private drop(size: number): void {
    this.pending = this.pending.subarray(size);
    this.offset += size;
  }
}

/** Line ends before a record, and the zeros some tools pad a file with. */
function leadingBlank(bytes: Buffer): number {
  let at = 0;
  while (bytes[at] === 0x0d || bytes[at] === 0x0a || bytes[at] === 0) at++;
  return at;
}

/** Position behind the blank line that ends a header, written with CRLF or with bare LF. */
export function headerEnd(bytes: Buffer): number | undefined {
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    if (bytes[at + 1] === 0x0a) return at + 2;
    if (bytes[at + 1] === 0x0d && bytes[at + 2] === 0x0a) return at + 3;
  }
  return undefined;
}

/** Header lines below the first, folded ones joined; names in lower case, repeated ones joined by a comma. */
export function parseFields(header: string): Record<string, string> {
  const fields = new Map<string, string>();
  for (const line of header
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .slice(1)) {
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(fields);
}
