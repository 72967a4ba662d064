import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { INTAKE_KINDS, intakeAnswer, type IntakeKind } from './intake-answer.js';
import { IntakeError } from './intake-error.js';
import { parseFeed } from './feed/parse-feed.js';

/** A small generator with a seed (mulberry32), so that a failure can be seen again. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const RSS = `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE rss [<!ENTITY o "Orle">]>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xml:base="https://orle.example/"><channel><title>&o; Post</title>
<item><title>Fog &amp; <b>fish</b></title><link>/1</link><guid>1</guid><pubDate>Mon, 02 Mar 2026 09:15:00 GMT</pubDate>
<description><![CDATA[<p style="x" onclick="y">Fog <a href="../z">z</a> <script>bad()</script></p>]]></description>
<media:group><media:content url="/v.mp4"/></media:group><author>Ada (ada@orle.example)</author></item></channel></rss>`;
const NITF = `<nitf xml:lang="en"><head><docdata><doc-id id-string="7"/><date.issue norm="20260302T090000Z"/></docdata></head>
<body><body.head><hedline><hl1>Fog</hl1></hedline></body.head><body.content><p>One.</p></body.content></body></nitf>`;
const WARC = [1, 2, 3].map((at) => {
  const block = `HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n`;
  const head = `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://orle.example/${at}\r\nContent-Type: application/http\r\nContent-Length: ${block.length}\r\n\r\n`;
  return Buffer.from(`${head}${block}\r\n\r\n`);
});

const MAIL = [
  'From: =?utf-8?Q?Ad=C3=A1?= <ada@orle.example>\r\nSubject: Fog\r\nContent-Type: multipart/mixed; boundary="=b1"\r\n',
  '--=b1\r\nContent-Type: text/plain; charset=utf-8; format=flowed\r\n\r\nFog \r\nand fish\r\n',
  '--=b1\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Fog=20</p>\r\n',
  '--=b1\r\nContent-Type: message/rfc822\r\n\r\nSubject: in it\r\n\r\nx\r\n--=b1--\r\n',
].join('\r\n');

const SAMPLES: Record<IntakeKind, Buffer[]> = {
  feed: [
    Buffer.from(RSS),
    gzipSync(RSS),
    Buffer.from(
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        title: 'O',
        items: [{ id: 1, content_html: '<p>x' }],
      }),
    ),
    Buffer.from(
      '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="xhtml"><div>a<b/></div></title><content mode="base64">PGI+</content></entry></feed>',
    ),
  ],
  sitemap: [
    Buffer.from('<urlset><url><loc>https://orle.example/</loc><lastmod>2026-03-02</lastmod></url></urlset>'),
    Buffer.from('https://orle.example/'),
  ],
  warc: [Buffer.concat(WARC), Buffer.concat(WARC.map((record) => gzipSync(record))), gzipSync(Buffer.concat(WARC))],
  robots: [Buffer.from('User-agent: *\nDisallow: /a*b$\nAllow: /%7e\n')],
  mail: [Buffer.from(MAIL), Buffer.from(MAIL.replaceAll('\r\n', '\n'))],
  agency: [
    Buffer.from(NITF),
    Buffer.from('{"uri":"urn:x","type":"text","headline":"H","body_xhtml":"<p>x</p>","subject":[{"code":"1"}]}'),
  ],
};

function mutate(bytes: Buffer, below: (limit: number) => number): Buffer {
  const changed = Buffer.from(bytes);
  switch (below(5)) {
    case 0:
      return changed.subarray(0, below(bytes.length));
    case 1:
      for (let times = 1 + below(8); times > 0; times--) changed[below(bytes.length)] = below(256);
      return changed;
    case 2: {
      const at = below(bytes.length);
      return Buffer.concat([changed.subarray(0, at), changed.subarray(below(bytes.length))]);
    }
    case 3: {
      const at = below(bytes.length);
      const token =
        ['<', '>', '&', ']]>', '<!--', '<![CDATA[', '"', '\0', '&#x110000;', '<a:b:c>', '{', 'WARC/1.0'][below(12)] ??
        '';
      return Buffer.concat([changed.subarray(0, at), Buffer.from(token), changed.subarray(at)]);
    }
    default:
      return Buffer.concat([changed, changed.subarray(below(bytes.length))]);
  }
}

describe.each(INTAKE_KINDS)('a damaged %s', (kind) => {
  it('is answered or refused with a code, never with another error', async () => {
    const below = random(7);
    const options = { url: 'https://orle.example/f', query: { userAgent: 'OrleBot', url: 'https://orle.example/ab' } };
    for (let round = 0; round < 250; round++) {
      const sample = SAMPLES[kind][below(SAMPLES[kind].length)] ?? Buffer.alloc(0);
      const input = mutate(sample, below);
      const answer: unknown = await intakeAnswer(kind, input, options).catch((error: unknown) => error);
      if (answer instanceof Error)
        expect([answer, input.toString('latin1')]).toEqual([expect.any(IntakeError), expect.anything()]);
      else expect(() => JSON.stringify(answer)).not.toThrow();
    }
  });
});

describe('a feed cut anywhere', () => {
  it('yields exactly the entries that are whole, as they are in the whole feed', () => {
    const items = Array.from(
      { length: 6 },
      (_, at) => `<item><title>n${at}</title><description>text ${at}</description></item>`,
    );
    const text = `<rss version="2.0"><channel><title>Orle</title>${items.join('')}</channel></rss>`;
    const { entries } = parseFeed(Buffer.from(text));
    for (let cut = text.indexOf('<channel>') + 9; cut < text.length; cut++) {
      const whole = text.slice(0, cut).split('</item>').length - 1;
      expect(parseFeed(Buffer.from(text.slice(0, cut))).entries).toEqual(entries.slice(0, whole));
    }
  });
});

describe('an attack on the reader', () => {
  const attacks: [string, IntakeKind, string][] = [
    ['open tags without end', 'feed', '<rss><channel><item><description>&lt;b'.padEnd(2_000_000, '&lt;b')],
    [
      'angle brackets',
      'feed',
      `<rss><channel><item><description><![CDATA[${'<'.repeat(1_000_000)}]]></description></item></channel></rss>`,
    ],
    ['declarations', 'feed', `<rss><channel><title>${'&lt;!'.repeat(300_000)}</title></channel></rss>`],
    ['ampersands', 'feed', `<rss><channel><title>${'&'.repeat(1_000_000)}</title></channel></rss>`],
    ['numbered entities', 'feed', `<rss><channel><title>${'&#65;'.repeat(500_000)}</title></channel></rss>`],
    ['attributes', 'feed', `<rss ${'a="b" '.repeat(300_000)}><channel/></rss>`],
    ['an author line', 'feed', `<rss><channel><item><author>${'a.'.repeat(200_000)}@</author></item></channel></rss>`],
    ['a date line', 'feed', `<rss><channel><item><pubDate>${'1 '.repeat(200_000)}</pubDate></item></channel></rss>`],
    [
      'countless categories',
      'feed',
      `<rss><channel><item>${'<category>a</category><tags>b,c</tags>'.repeat(100_000)}</item></channel></rss>`,
    ],
    [
      'countless links',
      'feed',
      `<rss><channel><item>${'<link>/a</link><media:content url="b"/>'.repeat(100_000)}</item></channel></rss>`,
    ],
    ['countless entries', 'feed', `<rss><channel>${'<item/>'.repeat(100_000)}</channel></rss>`],
    [
      'stray end tags',
      'feed',
      `<rss><channel><item><description>${'&lt;b>'.repeat(500)}${'&lt;/i>'.repeat(300_000)}</description></item></channel></rss>`,
    ],
    [
      'countless paragraphs',
      'agency',
      `<nitf><body><body.content>${'<p>a</p>'.repeat(200_000)}</body.content></body></nitf>`,
    ],
    [
      'nested markup',
      'feed',
      `<rss><channel><item><description>${'&lt;div>'.repeat(200_000)}</description></item></channel></rss>`,
    ],
    ['a pattern of wildcards', 'robots', `User-agent: *\nDisallow: /${'*a'.repeat(5000)}$`],
    ['countless rules', 'robots', `User-agent: *\n${'Disallow: /*a*b*c\n'.repeat(20_000)}`],
    ['a document type', 'feed', `<!DOCTYPE rss [${'<!ENTITY '.repeat(200_000)}`],
    ['folds of a header', 'mail', `Subject: x\r\n${' (a'.repeat(30)}\r\n`.repeat(10_000)],
    ['angle brackets of an id', 'mail', `Message-ID: ${'<'.repeat(1_000_000)}\r\n\r\nx`],
    ['parameters', 'mail', `Subject: x\r\nContent-Type: multipart/mixed${'; a=b'.repeat(300_000)}\r\n\r\nx`],
    [
      'countless parts',
      'mail',
      `Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(10_000)}--b--`,
    ],
    ['blank lines', 'mail', `Subject: x\r\n\r\n${'\r\n \t'.repeat(30_000)}x`],
    ['brackets', 'agency', '['.repeat(500_000)],
    ['deep JSON', 'agency', `{"uri":"u","type":"text","subject":${'['.repeat(5000)}${']'.repeat(5000)}}`],
    ['a header without end', 'warc', `WARC/1.0\r\n${'a: b\r\n'.repeat(300_000)}`],
    ['garbage behind a mark', 'warc', `WARC/1.0\r\nContent-Length: x\r\n\r\n${'\nWARC/'.repeat(200_000)}`],
  ];

  it.each(attacks)('by %s is over soon', async (_, kind, text) => {
    // Processor time, because the machine may be busy with something else. What is quadratic takes minutes.
    const before = process.cpuUsage();
    const query = { userAgent: 'OrleBot', url: `https://orle.example/${'ab'.repeat(10_000)}` };
    const answer: unknown = await intakeAnswer(kind, Buffer.from(text), { query }).catch((error: unknown) => error);
    if (answer instanceof Error) expect(answer).toBeInstanceOf(IntakeError);
    expect(process.cpuUsage(before).user).toBeLessThan(20_000_000);
  });
});
