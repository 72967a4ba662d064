import { describe, expect, it } from '@jest/globals';
import { Alive } from '../../testing/alive.js';
import { LIMITS } from '../limits.js';
import { originalOfMail } from './mail-message.js';
import { parseMail } from './parse-mail.js';
import { type MailboxEntry, readMailbox } from './read-mailbox.js';

const HEAD = `From: "Skerry Courier" <letters@skerry.example>
To: readers@skerry.example
Subject: The ferry, again
Date: Mon, 2 Mar 2026 10:15:00 +0100
Message-ID: <2026-03-02.1@skerry.example>
MIME-Version: 1.0
`;

function mail(fields: string, body: string | Buffer, head = HEAD): Buffer {
  return Buffer.concat([Buffer.from(`${head}${fields}\n`.replaceAll('\n', '\r\n')), Buffer.from(body as string)]);
}

const multipart = (...parts: string[]): Buffer =>
  mail(
    'Content-Type: multipart/alternative; boundary="part.1"\n',
    [...parts.map((part) => `--part.1\r\n${part}\r\n`), '--part.1--\r\n'].join(''),
  );

describe('parseMail', () => {
  it('reads who sent what and when', async () => {
    const fields =
      'List-Id: Morning letter <morning.skerry.example>\nArchived-At: <https://skerry.example/letters/1>\n';
    const message = await parseMail(mail(`${fields}Content-Language: en-GB\n`, 'The morning boat\r\nwas late.\r\n'));
    expect(message).toEqual({
      messageId: '2026-03-02.1@skerry.example',
      subject: 'The ferry, again',
      from: { name: 'Skerry Courier', address: 'letters@skerry.example' },
      date: '2026-03-02T09:15:00.000Z',
      language: 'en-GB',
      listId: 'morning.skerry.example',
      archivedAt: 'https://skerry.example/letters/1',
      html: '<p>The morning boat was late.</p>',
      text: 'The morning boat was late.',
    });
  });

  it('prefers HTML to plain text, and takes it out of its document', async () => {
    const html =
      '<html><head><style>p{}</style></head><body bgcolor="#fff"><p>The boat &amp; the fog.</p></body></html>';
    const message = await parseMail(
      multipart('Content-Type: text/plain\r\n\r\nplain', `Content-Type: text/html\r\n\r\n${html}`),
    );
    expect(message).toMatchObject({ html: '<p>The boat &amp; the fog.</p>', text: 'The boat & the fog.' });
  });

  it.each<[string, string, string | Buffer]>([
    [
      'quoted-printable',
      'text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable',
      'Caf=C3=A9 in =\r\nOrle',
    ],
    [
      'base64',
      'text/plain; charset=utf-8\nContent-Transfer-Encoding: base64',
      Buffer.from('Café in Orle').toString('base64'),
    ],
    ['windows-1252', 'text/plain; charset=windows-1252', Buffer.from('Caf\xe9 in Orle', 'latin1')],
    ['an 8-bit body', 'text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit', 'Café in Orle'],
    ['flowed text', 'text/plain; charset=utf-8; format=flowed', 'Café in \r\nOrle'],
  ])('decodes %s', async (_, type, body) => {
    expect(await parseMail(mail(`Content-Type: ${type}\n`, body))).toMatchObject({ text: 'Café in Orle' });
  });

  it('decodes encoded words', async () => {
    const head = `From: =?utf-8?Q?Am=C3=A9lie_Rosk?= <a@orle.example>\nSubject: =?windows-1251?B?0O717u3g?=\n`;
    expect(await parseMail(mail('', 'x', head))).toMatchObject({
      from: { name: 'Amélie Rosk' },
      subject: 'Рохона',
    });
  });

  it('parts plain text at blank lines and leaves the signature out', async () => {
    const { html } = await parseMail(mail('', 'One\r\nline.\r\n\r\n<Two> & more\r\n-- \r\nThe desk\r\n'));
    expect(html).toBe('<p>One line.</p>\n<p>&lt;Two&gt; &amp; more</p>');
  });

  it.each<[string, string, Buffer]>([
    ['holds nothing', 'empty', Buffer.from(' \r\n')],
    ['has no text', 'empty', mail('Content-Type: image/png\nContent-Transfer-Encoding: base64\n', 'AAAA')],
    ['is something else', 'not-a-message', Buffer.from('<html><body>Not a letter: a page.</body></html>')],
    ['breaks off', 'malformed', multipart('Content-Type: text/plain\r\n\r\nhalf').subarray(0, -12)],
    ['has parts in parts without end', 'malformed', nested(100)],
    ['has a header without end', 'malformed', mail(`X-Pad: ${'a'.repeat(3_000_000)}\n`, 'x')],
    ['is too large', 'too-large', Buffer.alloc(LIMITS.documentBytes + 1, 'a')],
    ['has too many lines', 'too-large', mail('', '\n'.repeat(LIMITS.messageLines))],
  ])('refuses what %s with %s', async (_, code, bytes) => {
    await expect(parseMail(bytes)).rejects.toMatchObject({ name: 'IntakeError', code });
  });
});

/** Multipart in multipart, each closed as it should be. */
function nested(depth: number): Buffer {
  const type = (level: number): string => `Content-Type: multipart/mixed; boundary="b${level}x"\r\n`;
  let body = 'Content-Type: text/plain\r\n\r\ndeep\r\n';
  for (let level = depth; level > 0; level--) body = `${type(level)}\r\n--b${level}x\r\n${body}\r\n--b${level}x--\r\n`;
  return Buffer.from(`Subject: x\r\n${body}`);
}

describe('originalOfMail', () => {
  it('makes a page of it, with the subject as headline', async () => {
    const original = originalOfMail(await parseMail(mail('', 'The boat was late.')));
    expect(original).toMatchObject({
      externalId: '2026-03-02.1@skerry.example',
      publishedAt: '2026-03-02T09:15:00.000Z',
      contentType: 'text/html; charset=utf-8',
      metadata: { format: 'mail', from: 'Skerry Courier <letters@skerry.example>' },
    });
    const page = original.bytes.toString();
    for (const part of ['<h1>The ferry, again</h1>', '<p>The boat was late.</p>', 'content="Skerry Courier"']) {
      expect(page).toContain(part);
    }
  });

  it('names by its content what has no Message-ID', async () => {
    const head = 'Subject: The ferry\n';
    const idOf = async (body: string): Promise<string> =>
      originalOfMail(await parseMail(mail('', body, head))).externalId;
    expect(await idOf('late')).toBe(await idOf('late\r\n'));
    expect(await idOf('late')).not.toBe(await idOf('early'));
  });
});

describe('readMailbox', () => {
  const FROM = 'From letters@skerry.example Mon Mar  2 09:15:00 2026\n';

  async function read(text: string | Buffer, size = 1_000_000): Promise<string[]> {
    const found: string[] = [];
    for await (const { bytes } of readMailbox(inPieces(Buffer.from(text as string), size))) {
      found.push(bytes?.toString() ?? 'too large');
    }
    return found;
  }

  async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }

  it.each([1, 7, 1_000_000])('parts messages and unquotes lines, in pieces of %i bytes', async (size) => {
    const box = `${FROM}Subject: a\n\nFrom then on it rained.\n>From Orle.\n>>From afar.\n> From me\n\n${FROM}Subject: b\n\nb\n`;
    expect(await read(box, size)).toEqual([
      'Subject: a\n\nFrom then on it rained.\nFrom Orle.\n>From afar.\n> From me\n\n',
      'Subject: b\n\nb\n',
    ]);
  });

  it.each([
    'From - Mon Mar 02 09:15:00 2026',
    'From 1700@xxx Mon Mar 02 09:15:00 +0000 2026',
    'From ada at orle.example  Mon Mar  2 09:15:00 2026',
    'From ada@orle.example Mon, 2 Mar 2026 09:15:00 +0100',
  ])('knows the line %s', async (line) => {
    expect(await read(`${FROM}a\n${line}\r\nb\n`)).toEqual(['a\n', 'b\n']);
  });

  it('passes over a message that is larger than one may be', async () => {
    const lines = Array.from({ length: 70 }, () => Buffer.alloc(1_000_000, `${'a'.repeat(999)}\n`));
    const endless = Buffer.alloc(LIMITS.documentBytes + 10, 'a');
    const box = [FROM, 'one\n', FROM, ...lines, FROM, endless, '\n', FROM, 'four\n'].map((part) =>
      Buffer.from(part as string),
    );
    async function* source(): AsyncGenerator<Uint8Array> {
      yield* box;
    }
    const entries: MailboxEntry[] = [];
    for await (const entry of readMailbox(source())) entries.push(entry);
    expect(entries.map(({ number, bytes }) => [number, bytes?.toString()])).toEqual([
      [1, 'one\n'],
      [2, undefined],
      [3, undefined],
      [4, 'four\n'],
    ]);
  });

  it('reads an endless mailbox in constant memory', async () => {
    const alive = new Alive();
    async function* source(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < 60; at++) {
        const piece = new Uint8Array(Buffer.concat([Buffer.from(FROM), Buffer.alloc(100_000, `${'a'.repeat(999)}\n`)]));
        alive.watch(piece);
        yield piece;
      }
    }
    let read = 0;
    for await (const { bytes } of readMailbox(source())) {
      alive.watch(bytes!);
      if (++read % 20 === 0) expect(await alive.count()).toBeLessThan(10);
    }
    expect(read).toBe(60);
  });

  it.each([
    ['empty', ''],
    ['empty', '\n\n'],
    ['not-a-mailbox', 'Subject: a message\n\nand no mailbox\n'],
  ])('refuses with %s', async (code, text) => {
    await expect(read(text)).rejects.toMatchObject({ code });
  });

  it('passes an error of the source on', async () => {
    async function* source(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(FROM);
      throw new Error('disk gone');
    }
    const reading = readMailbox(source());
    await expect(reading.next()).rejects.toThrow('disk gone');
  });
});
