import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRulesFolder } from './rules-folder.js';
import { testSavedPages } from './saved-pages.js';
import { WatchedRules } from './watched-rules.js';

const RULE = { site: 'ferry-post.example', version: 1, body: 'div.leg > p', remove: '.fares', title: '.sign' };
const PAGE = `<title>Ferry Post</title><div class="sign">The night boat is late again</div>
<div class="leg"><p>The night boat to Skerry Holm left two hours late on Friday, the harbour office said.</p>
<p class="fares">Buy the summer pass.</p><p>Nobody was told why.</p></div>`;

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'site-rules-'));
});
afterEach(async () => {
  await rm(dir, { recursive: true });
});

async function write(name: string, content: unknown): Promise<void> {
  await writeFile(join(dir, name), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('readRulesFolder', () => {
  it('reads one rule from each JSON file and leaves the rest alone', async () => {
    await write('ferry-post.example.json', RULE);
    await write('README.md', '# Rules');
    await mkdir(join(dir, 'ferry-post.example'));
    expect((await readRulesFolder(dir)).map(({ rule }) => rule.site)).toEqual(['ferry-post.example']);
  });

  it('names every file at fault, the place in it and the reason', async () => {
    await write('ferry-post.example.json', { ...RULE, body: 'p:hover' });
    await write('quay.example.json', RULE);
    await write('tide.example.json', '{ "site": ');
    await expect(readRulesFolder(dir)).rejects.toMatchObject({
      faults: [
        { file: 'ferry-post.example.json', path: '/body' },
        { file: 'quay.example.json', path: '/site', reason: 'belongs in ferry-post.example.json' },
        { file: 'tide.example.json', path: '', reason: expect.stringContaining('is not JSON') },
      ],
    });
  });

  it('says so when there is no folder', async () => {
    await expect(readRulesFolder(join(dir, 'none'))).rejects.toThrow("none: the folder can't be read (ENOENT)");
  });
});

describe('testSavedPages', () => {
  const expectation = { url: 'https://www.ferry-post.example/1', title: 'The night boat is late again' };

  beforeEach(async () => {
    await write('ferry-post.example.json', RULE);
    await mkdir(join(dir, 'ferry-post.example'));
    await write('ferry-post.example/late.html', PAGE);
  });

  it('passes a page that comes out as expected', async () => {
    await write('ferry-post.example/late.expect.json', {
      ...expectation,
      paragraphs: 2,
      contains: ['Nobody was told why.'],
      excludes: ['summer pass'],
    });
    expect(await testSavedPages(dir)).toEqual([{ site: 'ferry-post.example', page: 'late.html', faults: [] }]);
  });

  it('says in words what came out otherwise', async () => {
    await write('ferry-post.example/late.expect.json', {
      ...expectation,
      title: 'The day boat',
      publishedAt: '2026-03-16',
      contains: ['an apology'],
      excludes: ['Skerry Holm'],
    });
    expect((await testSavedPages(dir))[0]?.faults).toEqual([
      'title is The night boat is late again, not The day boat',
      'publishedAt is absent, not 2026-03-16',
      'the body lacks “an apology”',
      'the body holds “Skerry Holm”',
    ]);
  });

  it.each([
    ['/url', { title: 'The night boat' }],
    ['/contains', { ...expectation, contains: 'an apology' }],
    ['/headline', { ...expectation, headline: 'The night boat' }],
  ])('refuses an expectation with a fault at %s', async (path, expected) => {
    await write('ferry-post.example/late.expect.json', expected);
    await expect(testSavedPages(dir)).rejects.toMatchObject({ faults: [{ path }] });
  });
});

describe('WatchedRules', () => {
  it('takes a changed rule into use, and keeps the last good ones when a change is at fault', async () => {
    await write('ferry-post.example.json', RULE);
    const told: string[] = [];
    const rules = await WatchedRules.open(
      dir,
      {
        onReload: (files) => told.push(`version ${files[0]?.rule.version}`),
        onFault: (error) => told.push((error as Error).name),
      },
      10,
    );
    try {
      await change({ ...RULE, version: 2 }, 1);
      expect(rules.sourceFor('https://www.ferry-post.example/1')).toMatchObject({ version: 2 });
      await change({ ...RULE, version: 'three' }, 2);
      expect(rules.sourceFor('https://ferry-post.example/1')).toMatchObject({ version: 2 });
      expect(rules.sourceFor('https://quay.example/1')).toBeUndefined();
      expect(told).toEqual(['version 2', 'RulesFolderError']);
    } finally {
      rules.close();
    }

    /** In one step, as a look between two would tell of two changes. */
    async function change(rule: object, times: number): Promise<void> {
      await write('new', rule);
      await utimes(join(dir, 'new'), times, times);
      await rename(join(dir, 'new'), join(dir, 'ferry-post.example.json'));
      while (told.length < times) await sleep(5);
    }
  });

  it('refuses a folder at fault from the beginning', async () => {
    await write('ferry-post.example.json', { ...RULE, site: 7 });
    await expect(WatchedRules.open(dir, { onReload: () => undefined, onFault: () => undefined })).rejects.toThrow(
      'ferry-post.example.json: /site',
    );
  });
});
