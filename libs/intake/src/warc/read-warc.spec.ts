import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { Alive } from '../../testing/alive.js';
import { IntakeError } from '../intake-error.js';
import { readWarc, type WarcOptions } from './read-warc.js';
import type { WarcFault, WarcRecord } from './warc.js';

const page = (words: string): string => `<html><body>${words}</body></html>`;

function record(name: string, block: Buffer | string, fields: Record<string, string> = {}, declared?: number): Buffer {
  const bytes = Buffer.from(block as string);
  const header = {
    'WARC-Type': 'response',
    'WARC-Target-URI': `https://orle.example/${name}`,
    'WARC-Date': '2026-03-02T09:00:00Z',
    'Content-Type': 'application/http; msgtype=response',
    ...fields,
    'Content-Length': String(declared ?? bytes.length),
  };
  const lines = Object.entries(header).map(([key, value]) => `${key}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`WARC/1.1\r\n${lines.join('')}\r\n`), bytes, Buffer.from('\r\n\r\n')]);
}

function http(body: Buffer | string, headers: Record<string, string> = {}, eol = '\r\n', status = '200 OK'): Buffer {
  const lines = Object.entries({ 'Content-Type': 'text/html; charset=utf-8', ...headers }).map(
    ([key, value]) => `${key}: ${value}${eol}`,
  );
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}${eol}${lines.join('')}${eol}`), Buffer.from(body as string)]);
}

const member = (name: string): Buffer => gzipSync(record(name, http(page(name))));

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function readAll(source: Uint8Array | AsyncIterable<Uint8Array>, options?: WarcOptions) {
  const records: WarcRecord[] = [];
  const faults: WarcFault[] = [];
  for await (const item of readWarc(source, options)) {
    if ('kind' in item) faults.push(item);
    else records.push(item);
  }
  const bodies = records.map(({ body }) => Buffer.from(body).toString());
  return { records, faults, bodies, names: records.map(({ url }) => url.split('/').at(-1)) };
}

describe('readWarc', () => {
  it.each([1, 7, 1000, 1_000_000])(
    'reads members, plain records and one big member alike in pieces of %i bytes',
    async (size) => {
      const plain = Buffer.concat([record('a', http(page('a'))), record('b', http(page('b')))]);
      for (const archive of [
        plain,
        gzipSync(plain),
        Buffer.concat([member('a'), member('b')]),
        gzipSync(gzipSync(plain)),
      ]) {
        const { names, bodies, faults } = await readAll(inPieces(archive, size));
        expect({ names, bodies, faults }).toEqual({ names: ['a', 'b'], bodies: [page('a'), page('b')], faults: [] });
      }
    },
  );

  it('lists what holds a page and says what to skip', async () => {
    const archive = Buffer.concat([
      record('info', 'software: x', { 'WARC-Type': 'warcinfo', 'Content-Type': 'application/warc-fields' }),
      record('ok', http(page('ok'))),
      record('ok', 'GET / HTTP/1.1\r\n\r\n', { 'WARC-Type': 'request' }),
      record('gone', http('', {}, '\r\n', '404 Not Found')),
      record('pdf', http('%PDF', { 'Content-Type': 'application/pdf' })),
      record('again', http(''), { 'WARC-Type': 'revisit' }),
      record('file', page('file'), {
        'WARC-Type': 'resource',
        'Content-Type': 'text/html',
        'WARC-Target-URI': '<file:///x>',
      }),
    ]);
    const { records } = await readAll(archive);
    expect(records.map(({ url, status, skipped, charset }) => [url, status, skipped, charset])).toEqual([
      ['https://orle.example/ok', 200, undefined, 'utf-8'],
      ['https://orle.example/gone', 404, 'status', 'utf-8'],
      ['https://orle.example/pdf', 200, 'content-type', undefined],
      ['https://orle.example/again', 200, 'revisit', 'utf-8'],
      ['file:///x', null, undefined, undefined],
    ]);
  });

  const text = page('x'.repeat(3000));
  const chunked = `${(10).toString(16)};name=value\r\n${text.slice(0, 10)}\r\n${(text.length - 10).toString(16)}\r\n${text.slice(10)}\r\n0\r\nTrailer: y\r\n\r\n`;
  it.each<[string, Buffer]>([
    ['gzip', http(gzipSync(text), { 'Content-Encoding': 'gzip' })],
    ['gzip twice', http(gzipSync(gzipSync(text)), { 'Content-Encoding': 'gzip' })],
    ['zlib', http(deflateSync(text), { 'Content-Encoding': 'deflate' })],
    ['bare deflate', http(deflateRawSync(text), { 'Content-Encoding': 'deflate' })],
    ['brotli', http(brotliCompressSync(text), { 'Content-Encoding': 'br' })],
    ['a list', http(brotliCompressSync(gzipSync(text)), { 'Content-Encoding': 'gzip, br' })],
    ['an encoding already undone', http(text, { 'Content-Encoding': 'gzip' })],
    ['chunks with extensions and trailers', http(chunked, { 'Transfer-Encoding': 'chunked' })],
    ['chunks already joined', http(text, { 'Transfer-Encoding': 'chunked' })],
    ['bare line feeds', http(text, { 'X-Folded': 'one\n two' }, '\n')],
    ['a Content-Length too small', http(text, { 'Content-Length': '10' })],
    ['a Content-Length too large', http(text, { 'Content-Length': '99999' })],
  ])('decodes %s', async (_, block) => {
    expect((await readAll(record('x', block))).bodies).toEqual([text]);
  });

  it('reports a cut archive and keeps what is whole', async () => {
    const archive = Buffer.concat([member('a'), member('b')]);
    for (const cut of [archive.length - 1, archive.length - 8, archive.length - 60, member('a').length + 5]) {
      const { names, faults } = await readAll(archive.subarray(0, cut));
      expect({ names, faults }).toMatchObject({ names: ['a'], faults: [{ kind: 'truncated', afterRecord: 1 }] });
    }
    const plain = Buffer.concat([record('a', http(page('a'))), record('b', http(page('b')))]);
    const { names, faults } = await readAll(plain.subarray(0, plain.length - 20));
    expect({ names, faults }).toMatchObject({ names: ['a'], faults: [{ kind: 'truncated', afterRecord: 1 }] });
  });

  it('passes over a damaged member to the next sound one', async () => {
    const broken = member('b');
    broken.fill(0x55, 20, 60);
    const wrongSum = member('d');
    wrongSum.writeUInt32LE(1, wrongSum.length - 8);
    const archive = Buffer.concat([
      member('a'),
      broken,
      member('c'),
      wrongSum,
      Buffer.from('\x1f\x8bjunk'),
      member('e'),
    ]);
    for (const size of [50, 1_000_000]) {
      const { names, faults } = await readAll(inPieces(archive, size));
      expect(names).toEqual(['a', 'c', 'e']);
      expect(faults.map(({ kind, afterRecord }) => `${kind}@${afterRecord}`)).toEqual(['corrupt@1', 'corrupt@2']);
    }
  });

  it('passes over what lies between members, and over one whose first bytes are damaged', async () => {
    const headless = member('b');
    headless[0] = 0;
    headless[1] = 0x20;
    for (const between of [headless, Buffer.from('x'.repeat(100_000))]) {
      for (const size of [50, 1_000_000]) {
        const { names, faults } = await readAll(inPieces(Buffer.concat([member('a'), between, member('c')]), size));
        expect({ names, faults }).toMatchObject({ names: ['a', 'c'], faults: [{ kind: 'corrupt', afterRecord: 1 }] });
        expect(faults).toHaveLength(1);
      }
    }
    const first = await readAll(Buffer.concat([headless, member('c')]));
    expect(first).toMatchObject({ names: ['c'], faults: [{ kind: 'corrupt', afterRecord: 0, offset: 0 }] });
  });

  it('takes zeros and line ends around members for filling', async () => {
    const filled = Buffer.concat([member('a'), Buffer.from('\r\n'), member('b'), Buffer.alloc(1024)]);
    expect(await readAll(filled)).toMatchObject({ names: ['a', 'b'], faults: [] });
    const mixed = Buffer.concat([member('a'), record('b', http(page('b'))), record('c', http(page('c')))]);
    expect(await readAll(mixed)).toMatchObject({ names: ['a', 'b', 'c'], faults: [] });
  });

  it('passes over a record whose length is wrong to the next WARC line', async () => {
    const archive = Buffer.concat([
      record('a', http(page('a'))),
      record('b', http(page('b')), {}, 40),
      record('c', http(page('c'))),
      record('d', http(page('d')), {}, 300),
      record('e', http(page('e'))),
      record('f', http(page('f'))),
    ]);
    const { names, faults } = await readAll(archive);
    expect(names).toEqual(['a', 'c', 'e', 'f']);
    expect(faults.map(({ kind, afterRecord }) => `${kind}@${afterRecord}`)).toEqual(['corrupt@1', 'corrupt@2']);
  });

  it('lets a record go on in the next member, but not into the next record', async () => {
    const text = record('a', http(page('a'.repeat(500))));
    const split = Buffer.concat([gzipSync(text.subarray(0, 300)), gzipSync(text.subarray(300)), member('b')]);
    expect(await readAll(split)).toMatchObject({ names: ['a', 'b'], faults: [] });
    const long = Buffer.concat([gzipSync(record('a', http(page('a')), {}, 10 ** 12)), member('b')]);
    expect(await readAll(long)).toMatchObject({ names: ['b'], faults: [{ kind: 'corrupt', afterRecord: 0 }] });
  });

  it('starts again where it stopped', async () => {
    const plain = ['a', 'b', 'c'].map((name) => record(name, http(page(name))));
    for (const archive of [Buffer.concat(['a', 'b', 'c'].map(member)), Buffer.concat(plain)]) {
      const { records } = await readAll(archive);
      const startAt = records[0]?.resumeAt ?? 0;
      const resumed = await readAll(archive.subarray(startAt), { startAt });
      expect(resumed.names).toEqual(['b', 'c']);
      expect(resumed.records.map(({ resumeAt }) => resumeAt)).toEqual(records.slice(1).map(({ resumeAt }) => resumeAt));
    }
  });

  it('streams a member that is too long to inflate in one go', async () => {
    const long = 'fog and fish '.repeat(50_000);
    const archive = Buffer.concat([gzipSync(record('a', http(long)), { level: 0 }), member('b')]);
    for (const size of [1000, 65_536, 10_000_000]) {
      const { names, bodies, faults } = await readAll(inPieces(archive, size));
      expect({ names, faults, whole: bodies[0] === long }).toEqual({ names: ['a', 'b'], faults: [], whole: true });
    }
  });

  it('passes an error of the source on', async () => {
    const long = gzipSync(record('a', http('fog and fish '.repeat(50_000))), { level: 0 });
    async function* source(): AsyncGenerator<Uint8Array> {
      yield long.subarray(0, 400_000);
      throw new Error('disk gone');
    }
    await expect(readAll(source())).rejects.toThrow('disk gone');
  });

  it('lets go of its source when nobody reads on', async () => {
    let released = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield member('a');
      } finally {
        released = true;
      }
    }
    for await (const _ of readWarc(source())) break;
    expect(released).toBe(true);
  });

  it('reads an endless archive in constant memory', async () => {
    const bytes = gzipSync(record('big', http(Buffer.alloc(2_000_000, 0x20))), { level: 1 });
    const alive = new Alive();
    async function* source(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < 60; at++) {
        const piece = new Uint8Array(bytes);
        alive.watch(piece);
        yield piece;
      }
    }
    let read = 0;
    for await (const item of readWarc(source())) {
      if ('body' in item) alive.watch(item.body);
      if (++read % 20 === 0) expect(await alive.count()).toBeLessThan(10);
    }
    expect(read).toBe(60);
  });

  it.each([
    ['empty', ''],
    ['not-a-warc', 'hello'],
  ])('refuses with %s', async (code, text) => {
    const error: unknown = await readAll(Buffer.from(text)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IntakeError);
    expect(error).toMatchObject({ code });
  });
});
