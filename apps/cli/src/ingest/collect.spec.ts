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
