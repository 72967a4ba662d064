import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Parcel, collect, findFiles } from './collect.js';

describe('collect', () => {
  let folder: string;
  const path = (name: string): string => join(folder, name);
  const names = async (input: string): Promise<string[]> =>
    (await findFiles(input)).map((file) => relative(folder, file).replaceAll('\\', '/'));
  const parcels = async (inputs: string[], labels: object = {}): Promise<Parcel[]> => {
    const found: Parcel[] = [];
    for await (const parcel of collect(inputs, { source: 'desk', ...labels })) found.push(parcel);
    return found;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'collect-'));
    mkdirSync(path('deep'));
    writeFileSync(path('b.html'), '<p>B</p>');
    writeFileSync(path('a.txt'), 'A');
    writeFileSync(path('picture.png'), 'P');
    writeFileSync(path('deep/c.htm.gz'), gzipSync('<p>C</p>'));
    writeFileSync(path('lines.ndjson'), Array.from({ length: 450 }, (_, n) => `{"n":${n}}`).join('\n\n'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('walks folders in a steady order and passes over other kinds of files', async () => {
    expect(await names(folder)).toEqual(['a.txt', 'b.html', 'deep/c.htm.gz', 'lines.ndjson']);
  });

  it('takes a file that is named, whatever its ending', async () => {
    expect(await names(path('picture.png'))).toEqual(['picture.png']);
    await expect(findFiles(path('nothing'))).rejects.toMatchObject({ exitCode: 4 });
  });

  it('makes a submission of a file, named by its path', async () => {
    expect(await parcels([path('b.html')])).toEqual([
      {
        name: path('b.html'),
        submission: {
          source: 'desk',
          externalId: relative(process.cwd(), path('b.html')),
          contentType: 'text/html',
          bodyBase64: Buffer.from('<p>B</p>').toString('base64'),
        },
      },
    ]);
  });

  it('lets the command line have the last word', async () => {
    const labels = { externalId: 'x-1', contentType: 'text/html; charset=big5', kind: 'update', url: undefined };
    expect(await parcels([path('a.txt')], labels)).toMatchObject([
      { submission: { externalId: 'x-1', contentType: 'text/html; charset=big5', kind: 'update' } },
    ]);
  });

  it('unpacks what is packed', async () => {
    expect(await parcels([path('deep/c.htm.gz')])).toMatchObject([
      { submission: { contentType: 'text/html', bodyBase64: Buffer.from('<p>C</p>').toString('base64') } },
    ]);
  });

  it('makes a submission of each message of a mailbox, packed or not', async () => {
    const letter = (id: string): string =>
      `From a@skerry.example Mon Mar  2 09:15:00 2026\nSubject: Letter ${id}\nMessage-ID: <${id}@skerry.example>\n\nFog.\n`;
    const cut =
      'From a@skerry.example Mon Mar  2 09:16:00 2026\nContent-Type: multipart/mixed; boundary=b\nSubject: x\n';
    writeFileSync(path('letters.mbox'), `${letter('1')}\n${cut}\n--b\n\n${letter('2')}`);
    writeFileSync(path('letters.mbox.gz'), gzipSync(letter('3')));
    const [first, second, third] = await parcels([path('letters.mbox')]);
    expect([first, third]).toMatchObject(
      ['1', '2'].map((id) => ({
        submission: { source: 'desk', externalId: `${id}@skerry.example`, contentType: 'text/html; charset=utf-8' },
      })),
    );
    expect(second).toMatchObject({ name: `${path('letters.mbox')}:2`, refusal: { code: 'malformed' } });
    expect(await parcels([path('letters.mbox.gz')])).toMatchObject([
      { submission: { externalId: '3@skerry.example' } },
    ]);
    writeFileSync(path('letter.eml'), letter('4').replace(/^.*\n/, ''));
    expect(await parcels([path('letter.eml')], { externalId: 'four' })).toMatchObject([
      { submission: { externalId: 'four' } },
    ]);
    writeFileSync(path('half.mbox.gz'), gzipSync(letter('5')).subarray(0, 40));
    await expect(parcels([path('half.mbox.gz')])).rejects.toMatchObject({ exitCode: 1 });
  });

  it.each([
    ['feed.xml', '<rss version="2.0"><channel/></rss>', 'source add <name> <address>'],
    ['map.xml', '<urlset/>', '--kind sitemap'],
    ['wire.xml', '<nitf/>', '--kind agency'],
    ['wire.json', '{"uri":"tag:wire.example,2026:1","headline":"Fog"}', '--kind agency'],
    ['feed.json', '{"version":"https://jsonfeed.org/version/1.1"}', 'source add'],
    ['package.json', '{"name":"x","version":"1.0.0"}', '.ndjson'],
    ['photo.png', 'PNG', '--content-type'],
  ])('says what the way of %s is instead', async (name, text, way) => {
    writeFileSync(path(name), text);
    expect(await parcels([path(name)])).toMatchObject([
      { name: path(name), refusal: { code: 'unsupported-file', message: expect.stringContaining(way) } },
    ]);
    expect(await parcels([path(name)], { contentType: 'text/plain' })).toMatchObject([{ submission: {} }]);
  });

  it('takes a page that is written in XML', async () => {
    writeFileSync(path('page.xml'), '<html xmlns="http://www.w3.org/1999/xhtml"><body>Fog</body></html>');
    expect(await parcels([path('page.xml')])).toMatchObject([{ submission: { contentType: 'application/xml' } }]);
  });

  it('sends lines in parcels that keep their order and their numbers', async () => {
    const found = (await parcels([path('lines.ndjson')])) as Extract<Parcel, { lines: Buffer[] }>[];
    expect(found.map(({ firstLine, lines }) => [firstLine, lines.length])).toEqual([
      [1, 200],
      [201, 200],
      [401, 50],
    ]);
    expect(found[2]!.lines.at(-1)!.toString()).toBe('{"n":449}');
  });
});
