import { createGunzip } from 'node:zlib';
import { Readable } from 'node:stream';

import { IntakeError } from '../intake-error.js';
import { ByteReader } from './byte-reader.js';
import { findMember, inflatedStart, readMember, seekMember, startsMember } from './gzip-members.js';
import { RecordParser, type RawRecord, type RecordEvent } from './record-parser.js';
import { toWarcRecord } from './to-warc-record.js';
import type { WarcFault, WarcRecord } from './warc.js';

/** How to read an archive. */
export interface WarcOptions {
  /** Position in the archive of the first byte of the source: a record's `resumeAt`, after an interruption. */
  startAt?: number;
}

type Item = WarcRecord | WarcFault;

const HEAD_BYTES = 64 * 1024;
/** Enough to see what a member begins with, and too little for a bomb. */
const TRIAL_BYTES = 4096;
const CR = 0x0d;
const LF = 0x0a;
const MARK = Buffer.from('WARC/1.');

/**
 * Reads a WARC archive as a stream, in memory that does not grow with it: plain, gzipped member by member or as one
 * member, or gzipped twice. Yields response, revisit and resource records in order and, in their place among them,
 * the stretches that could not be read. A record in a damaged gzip member is not yielded; reading goes on at the
 * next sound member or `WARC/` line.
 *
 * @throws IntakeError `empty`, `not-a-warc`; errors of the source itself pass through
 */
export async function* readWarc(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  options: WarcOptions = {},
): AsyncGenerator<Item> {
  const reader = new ByteReader(source instanceof Uint8Array ? onePiece(source) : source, options.startAt);
  try {
    const head = await reader.peek(HEAD_BYTES);
    if (head.length === 0) throw new IntakeError('empty', 'archive holds nothing');
    if (isTwiceGzipped(head)) {
      yield* fromStart(readWarc(Readable.from(restOf(reader)).pipe(createGunzip())), options.startAt ?? 0);
      return;
    }
    if (!startsMember(head) && !beginsPlain(head) && findMember(head) === undefined)
      throw new IntakeError('not-a-warc', 'no WARC record in sight');
    yield* new ArchiveReader(reader).read();
  } finally {
    await reader.close();
  }
}

/** Positions inside the outer gzip file lead nowhere: such an archive is read again from its start. */
async function* fromStart(items: AsyncIterable<Item>, start: number): AsyncGenerator<Item> {
  for await (const item of items) {
    yield 'kind' in item ? { ...item, offset: start } : { ...item, resumeAt: start };
  }
}

async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* restOf(reader: ByteReader): AsyncGenerator<Uint8Array> {
  for (let bytes = await reader.take(); bytes; bytes = await reader.take()) yield bytes;
}

function isTwiceGzipped(head: Buffer): boolean {
  return startsMember(head) && startsMember(Buffer.from(inflatedStart(head.subarray(0, TRIAL_BYTES)), 'latin1'));
}

function beginsPlain(head: Buffer): boolean {
  return head.includes('WARC/');
}

class ArchiveReader {
  private readonly parser: RecordParser;
  private listed = 0;
  private hasMembers = false;

  constructor(private readonly reader: ByteReader) {
    this.parser = new RecordParser(reader.position);
  }

  /** An archive may change between members and plain records; each stretch is read as what it is. */
  async *read(): AsyncGenerator<Item> {
    for (let head = await this.reader.peek(4); head.length > 0; head = await this.reader.peek(4)) {
      if (startsMember(head)) yield* this.readMember();
      else if (await this.isPlain()) yield* this.readPlain();
      else yield* this.passOver();
    }
    yield* this.finish();
  }

  /** What is no member is plain records, or, where members come next or came before, damage between members. */
  private async isPlain(): Promise<boolean> {
    const head = await this.reader.peek(HEAD_BYTES);
    const member = findMember(head);
    if (member === undefined) return beginsPlain(head) || !this.hasMembers;
    return beginsPlain(head.subarray(0, member));
  }

  /** Leaves out what lies between members. Zeros and line ends are filling; anything else is a member that was damaged. */
  private async *passOver(): AsyncGenerator<Item> {
    const start = this.reader.position;
    await this.skipFilling();
    const head = await this.reader.peek(4);
    if (head.length === 0 || startsMember(head)) return;
    this.parser.reset();
    yield this.fault('corrupt', start);
    await seekMember(this.reader);
  }

  private async skipFilling(): Promise<void> {
    for (;;) {
      const bytes = await this.reader.peek(HEAD_BYTES);
      const end = bytes.findIndex((byte) => byte !== 0 && byte !== CR && byte !== LF);
      this.reader.skip(end < 0 ? bytes.length : end);
      if (end >= 0 || bytes.length === 0) return;
    }
  }

  private async *readMember(): AsyncGenerator<Item> {
    const start = this.reader.position;
    this.hasMembers = true;
    // The last record waits until the member's checksum has proved it, or a further record has followed.
    let waiting: RawRecord | undefined;
    let isFirst = true;
    for await (const event of readMember(this.reader)) {
      switch (event.type) {
        case 'data':
          if (isFirst && this.isInterruptedBy(event.bytes)) {
            this.parser.reset();
            yield this.fault('corrupt', start);
          }
          isFirst = false;
          for (const found of this.parser.push(event.bytes)) {
            if (found.type === 'corrupt') yield this.fault('corrupt', start);
            else {
              yield* this.list(waiting, start);
              waiting = found.record;
            }
          }
          break;
        case 'end':
          for (const found of this.parser.isBetweenRecords ? this.parser.end() : []) {
            yield* this.list(waiting, start);
            waiting = found.type === 'record' ? found.record : undefined;
          }
          yield* this.list(waiting, event.position);
          break;
        case 'fault':
          this.parser.reset();
          yield this.fault(event.kind, start);
          break;
      }
    }
  }

  /** A record may go on in the next member; one that claims to where a new record begins has a wrong length. */
  private isInterruptedBy(bytes: Buffer): boolean {
    return !this.parser.isBetweenRecords && bytes.subarray(0, MARK.length).equals(MARK);
  }

  private async *readPlain(): AsyncGenerator<Item> {
    this.parser.reset(this.reader.position);
    for (let bytes = await this.reader.take(); bytes; bytes = await this.reader.take()) {
      yield* this.listAll(this.parser.push(bytes));
    }
  }

  private *finish(): Generator<Item> {
    const whole = this.parser.isBetweenRecords;
    yield* this.listAll(this.parser.end());
    if (!whole) yield this.fault('truncated', this.reader.position);
  }

  private *listAll(events: RecordEvent[]): Generator<Item> {
    for (const event of events) {
      if (event.type === 'corrupt') yield this.fault('corrupt', event.offset);
      else yield* this.list(event.record, event.record.end);
    }
  }

  private *list(raw: RawRecord | undefined, resumeAt: number): Generator<WarcRecord> {
    const record = raw && toWarcRecord(raw, resumeAt);
    if (!record) return;
    this.listed++;
    yield record;
  }

  private fault(kind: WarcFault['kind'], offset: number): WarcFault {
    return { kind, afterRecord: this.listed, offset };
  }
}
