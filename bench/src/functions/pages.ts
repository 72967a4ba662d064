import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** A page on disk, with what its supplier says of it. */
export interface Page {
  bytes: Buffer;
  contentType?: string;
}

export interface PageSet {
  /** Where the pages are from, for the report. */
  name: string;
  pages: Page[];
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EVALUATION = join(ROOT, '../shared/eval/extract');
/** Enough of each evaluation set for a steady figure within a minute. */
const PAGES_OF_A_SET = 120;

interface WireEntry {
  door: string;
  file?: string;
  contentType?: string;
}

/** The HTML and text pages of the sample wire, and pages of the evaluation sets where those are at hand. */
export async function findPageSets(): Promise<PageSet[]> {
  return [await readSamples(), ...(await readEvaluation())];
}

async function readSamples(): Promise<PageSet> {
  const wire = JSON.parse(await readFile(join(ROOT, 'samples/wire.json'), 'utf8')) as WireEntry[];
  const entries = wire.filter(({ door, file }) => door === 'http' && /\.(html|txt)$/.test(file ?? ''));
  const pages = entries.map(async ({ file, contentType }) => ({
    bytes: await readFile(join(ROOT, 'samples', file!)),
    contentType,
  }));
  return { name: 'samples/', pages: await Promise.all(pages) };
}

async function readEvaluation(): Promise<PageSet[]> {
  if (!existsSync(EVALUATION)) return [];
  const sets = await readdir(EVALUATION, { withFileTypes: true });
  const withPages = sets.filter((set) => existsSync(join(EVALUATION, set.name, 'html')));
  return Promise.all(withPages.map(({ name }) => readFolder(`evaluation set ${name}`, join(EVALUATION, name, 'html'))));
}

async function readFolder(name: string, folder: string): Promise<PageSet> {
  const files = (await readdir(folder)).sort().slice(0, PAGES_OF_A_SET);
  const pages = files.map(async (file) => {
    const bytes = await readFile(join(folder, file));
    return { bytes: file.endsWith('.gz') ? gunzipSync(bytes) : bytes, contentType: 'text/html' };
  });
  return { name, pages: await Promise.all(pages) };
}
