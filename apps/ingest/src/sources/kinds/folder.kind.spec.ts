import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FakeWeb, itemsOf, readOnce } from '../../../testing/reading.js';
import type { Finding } from './kind.js';

const NOW = new Date('2026-03-02T12:00:00Z');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wireroom-folder-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, text: string, ageSeconds = 60): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  const time = new Date(NOW.getTime() - ageSeconds * 1000);
  await utimes(path, time, time);
}

function read(changes: { takenFiles?: 'move' | 'keep' } = {}, marks?: Map<string, string>): Promise<Finding[]> {
  return readOnce({ kind: 'folder', address: folder, ...changes }, new FakeWeb({}), marks, NOW);
}

const labels = (findings: Finding[]): string[] => itemsOf(findings).map(({ label }) => label);

describe('a folder', () => {
  it('given files, then those that are whole are taken, the oldest first, each once', async () => {
    await put('b.html', '<p>b</p>', 30);
    await put('region/a.txt', 'a', 90);
    await put('fresh.html', '<p>still being written</p>', 1);
    await put('half.html.part', '<p>half', 600);
    await put('.hidden.html', '<p>hidden</p>', 600);
    await put('photo.png', 'x', 600);
    expect(labels(await read())).toEqual(['region/a.txt', 'b.html']);
    expect(labels(await read())).toEqual([]);
    expect((await readdir(folder)).sort()).toEqual(
      ['.hidden.html', '.taken', 'fresh.html', 'half.html.part', 'photo.png', 'region'].sort(),
    );
  });

  it('given a file under the name of one that was taken, then both are kept', async () => {
    await put('a.txt', 'first');
    await read();
    await put('a.txt', 'second');
    expect(labels(await read())).toEqual(['a.txt']);
    expect((await readdir(join(folder, '.taken'))).filter((name) => name.startsWith('a.txt'))).toHaveLength(2);
  });

  it('given files that are to stay, then one is taken again only when it has changed', async () => {
    const marks = new Map<string, string>();
    await put('a.txt', 'first');
    expect(labels(await read({ takenFiles: 'keep' }, marks))).toEqual(['a.txt']);
    expect(labels(await read({ takenFiles: 'keep' }, marks))).toEqual([]);
    await put('a.txt', 'changed', 30);
    expect(labels(await read({ takenFiles: 'keep' }, marks))).toEqual(['a.txt']);
    expect(await readdir(folder)).toEqual(['a.txt']);
  });

  it('given lines, then each is a submission of the publisher or says what is wrong with it', async () => {
    const good = { externalId: '1', contentType: 'text/plain', body: 'text' };
    await put(
      'lines.ndjson',
      `${JSON.stringify(good)}\n[]\n${JSON.stringify({ ...good, source: 'other' })}\n{"externalId":""}`,
    );
    const findings = await read();
    expect(
      findings.map((finding) => (finding.type === 'submission' ? finding.submission.source : finding.type)),
    ).toEqual(['fetch', 'harbour', 'reject', 'other', 'reject', 'done']);
  });

  it('given letters, then each is an item named by its Message-ID, and what is none says why', async () => {
    const letter =
      'Subject: Fog\nFrom: Ada <ada@orle.example>\nMessage-ID: <1@orle.example>\nDate: Mon, 2 Mar 2026 09:15:00 GMT\n\nFog.\n';
    await put('letter.eml', letter, 90);
    await put('no-letter.eml', 'nothing of the kind', 80);
    await put(
      'box.mbox',
      `From a Mon Mar  2 09:15:00 2026\n${letter}\nFrom a Mon Mar  2 09:15:00 2026\nSubject: x\n\n`,
      70,
    );
    const findings = (await read()).filter(({ type }) => type === 'item' || type === 'reject');
    expect(findings).toMatchObject([
      { item: { label: 'Fog', ownId: '1@orle.example', publishedAt: '2026-03-02T09:15:00.000Z' } },
      { label: 'no-letter.eml', code: 'not-a-message' },
      { item: { label: 'Fog', ownId: '1@orle.example' } },
      { label: 'box.mbox, message 2', code: 'empty' },
    ]);
    const [first] = itemsOf(findings);
    expect(await first!.load()).toMatchObject({ outcome: 'loaded', contentType: 'text/html; charset=utf-8' });
  });

  it('given a folder that is not there, then the source failed', async () => {
    await rm(folder, { recursive: true });
    await expect(read()).rejects.toMatchObject({ code: 'folder-unreadable' });
  });
});

function record(number: number): string {
  const http = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Report ${number}</p>`;
  return `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/${number}\r\nContent-Type: application/http\r\nContent-Length: ${http.length}\r\n\r\n${http}\r\n\r\n`;
}

function archiveOf(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, at) => record(from + at)).join('');
}

describe('an archive', () => {
  const readArchive = (marks: Map<string, string>): Promise<Finding[]> =>
    readOnce({ kind: 'warc', address: join(folder, 'crawl.warc') }, new FakeWeb({}), marks, NOW);

  it('given an archive that was read, then it is not read again; given one that grew, then on from its former end', async () => {
    const marks = new Map<string, string>();
    await put('crawl.warc', archiveOf(0, 3), 60);
    expect(labels(await readArchive(marks))).toEqual([
      'https://a.example/0',
      'https://a.example/1',
      'https://a.example/2',
    ]);
    expect(await readArchive(marks)).toEqual([]);
    await put('crawl.warc', archiveOf(0, 5), 30);
    expect(labels(await readArchive(marks))).toEqual(['https://a.example/3', 'https://a.example/4']);
  });

  it('given a mark on the way, then reading goes on there', async () => {
    const marks = new Map<string, string>();
    await put('crawl.warc', archiveOf(0, 450), 60);
    const way = (await readArchive(marks)).filter(({ type }) => type === 'mark');
    expect(way).toHaveLength(3);
    const second = way[1]!;
    const rest = await readArchive(second.type === 'mark' ? second.marks : new Map<string, string>());
    expect(itemsOf(rest)).toHaveLength(50);
  });

  it('given damage and records that are no pages, then each is rejected with its code', async () => {
    const missing = record(9).replace('200 OK', '404 No');
    await put('crawl.warc', `${record(1)}${missing}${record(2).slice(0, -60)}`, 60);
    const rejected = (await readArchive(new Map())).flatMap((finding) =>
      finding.type === 'reject' ? [finding.code] : [],
    );
    expect(rejected).toEqual(['record-status', 'archive-truncated']);
  });

  it('given what is no archive, then the source failed', async () => {
    await put('crawl.warc', 'no archive at all', 60);
    await expect(readArchive(new Map())).rejects.toMatchObject({ code: 'not-a-warc' });
  });
});

describe('an archive on the web', () => {
  const URL = 'https://archive.example/crawl.warc';
  const web = (to: number, etag?: string): FakeWeb =>
    new FakeWeb({ [URL]: { body: archiveOf(0, to), type: 'application/warc', etag } });
  const readFrom = (site: FakeWeb, marks: Map<string, string>): Promise<Finding[]> =>
    readOnce({ kind: 'warc', address: URL }, site, marks, NOW);
  const marksOf = (findings: Finding[]): Map<string, string>[] =>
    findings.flatMap((finding) => (finding.type === 'mark' ? [finding.marks] : []));
  const count = (findings: Finding[]): number => itemsOf(findings).length;

  it('given a mark on the way, then the rest is asked for and nothing before it is read again', async () => {
    const whole = await readFrom(web(450, '"v1"'), new Map());
    const [, second] = marksOf(whole);
    const site = web(450, '"v1"');
    expect([count(whole), count(await readFrom(site, second!))]).toEqual([450, 50]);
    expect(site.requests[0]?.request.headers).toMatchObject({
      range: expect.stringMatching(/^bytes=\d+-$/),
      'if-range': '"v1"',
    });
  });

  it('given another archive in its place meanwhile, then that one is read from its start', async () => {
    const [first] = marksOf(await readFrom(web(450, '"v1"'), new Map()));
    expect(count(await readFrom(web(450, '"v2"'), first!))).toBe(450);
  });

  it('given a mark at its very end, then nothing follows and it counts as read', async () => {
    const [only] = marksOf(await readFrom(web(200, '"v1"'), new Map()));
    const marks = new Map(only);
    expect(count(await readFrom(web(200, '"v1"'), marks))).toBe(0);
    expect(await readFrom(web(200, '"v1"'), marks)).toEqual([]);
  });

  it('given a server without names for its states, then only what is behind the former end is fetched', async () => {
    const marks = new Map<string, string>();
    expect(count(await readFrom(web(3), marks))).toBe(3);
    const again = await readFrom(web(3), marks);
    expect(again).toMatchObject([{ type: 'fetch', facts: { status: 206, bytes: 1 } }, { type: 'mark' }]);
    expect(count(await readFrom(web(5), marks))).toBe(2);
  });

  it('given the wrong part, then the source failed', async () => {
    const [first] = marksOf(await readFrom(web(450, '"v1"'), new Map()));
    const site = web(450, '"v1"');
    const wrong = {
      ...site,
      stream: async (...asked: Parameters<typeof site.stream>) => ({ ...(await site.stream(...asked)), headers: {} }),
    };
    await expect(readOnce({ kind: 'warc', address: URL }, wrong as FakeWeb, first, NOW)).rejects.toMatchObject({
      code: 'bad-range',
    });
  });
});
