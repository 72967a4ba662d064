import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { enrichArticle } from '../enrich-article.js';
import { stepsOf } from './configured-steps.js';

const EXAMPLES = resolve(import.meta.dirname, '../../../../docs/examples/custom-steps');
const URGENCY = join(EXAMPLES, 'urgency.ts');

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'steps-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the example of the documentation', () => {
  it('switches a step off and adds one of its own', async () => {
    const { chain } = await stepsOf(join(EXAMPLES, 'wireroom.config.ts'));
    const { enrichment, provenance } = enrichArticle({ title: 'Flash: ferry is late', body: 'It waits.' }, {}, chain);
    expect(enrichment.summary).toBeUndefined();
    expect(enrichment.custom).toEqual({ urgency: { urgent: true } });
    expect(provenance.find(({ extractor }) => extractor === 'urgency')).toMatchObject({ value: 'Flash' });
  });
});

describe('a configuration', () => {
  it('means what the documentation says where it says nothing', async () => {
    const path = join(folder, 'config.json');
    await writeFile(path, JSON.stringify({ http: [{ name: 'tone', url: 'http://127.0.0.1:8099/tone' }] }));
    const { chain, http } = await stepsOf(path);
    expect(chain.map(({ name }) => name)).toContain('summary');
    expect(http).toMatchObject([
      { deadlineMs: 2000, retries: 1, concurrency: 8, failuresToOpen: 5, restMs: 10_000, cached: 1000 },
    ]);
  });
});

describe('a module', () => {
  it('is read as it stands, and no copy of it is kept', async () => {
    const path = join(folder, 'config.json');
    await copyFile(URGENCY, join(folder, 'urgency.ts'));
    await writeFile(path, JSON.stringify({ modules: [{ module: './urgency.ts' }] }));
    expect((await stepsOf(path)).own).toEqual(['urgency']);
    const copies = await readdir(join(tmpdir(), 'jiti')).catch(() => []);
    expect(copies.filter((name) => name.startsWith(basename(folder)))).toEqual([]);
  });
});

describe('a configuration at fault', () => {
  it.each([
    [{ off: ['tealeaves'] }, 'there is no step tealeaves'],
    [{ http: [{ name: 'tone', url: 'ftp://example.org' }] }, 'http[0].url'],
    [
      { http: [{ name: 'topics', url: 'http://127.0.0.1/' }] },
      "http[0].name: there are two steps named topics, one of them built in; off: ['topics'] makes room",
    ],
    [
      { modules: [{ module: URGENCY }, { module: URGENCY }] },
      'modules[1].module: there are two steps named urgency, the other in modules[0].module',
    ],
    [{ modules: [{ module: './missing.js' }] }, "modules[0].module: ./missing.js can't be loaded"],
    [{ entities: 'best' }, 'entities'],
    [
      {
        http: [
          { name: 'tone', url: 'http://127.0.0.1/' },
          { name: 'tone', url: 'http://127.0.0.1/' },
        ],
      },
      'http[1].name: there are two steps named tone, the other in http[0].name',
    ],
    [{ extra: 1 }, 'extra: there is no such setting; there are off, entities, modules, http'],
    [{ modules: [{ path: './x.js' }] }, 'modules[0].path: there is no such setting; there are module'],
    [
      { http: [{ name: 'tone', url: 'http://127.0.0.1/', retrys: 2 }] },
      'http[0].retrys: there is no such setting; there are name, url, version, deadlineMs',
    ],
  ])('is refused with its file and what is wrong: %j', async (config, reason) => {
    const path = join(folder, 'config.json');
    await writeFile(path, JSON.stringify(config));
    await expect(stepsOf(path)).rejects.toThrow(path);
    await expect(stepsOf(path)).rejects.toThrow(reason);
  });
});

describe('a configuration that is not there', () => {
  it('is missed by its name', async () => {
    await expect(stepsOf('/nowhere/wire.ts')).rejects.toThrow('/nowhere/wire.ts: there is no such file');
  });
});
