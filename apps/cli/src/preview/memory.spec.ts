import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const LIMIT_MB = 300;
const PAGE_MB = 10;

/** Extracts a page of many paragraphs in a process of its own, so that nothing but the page counts. */
const PROGRAM = `
  import { extractArticle } from '@wireroom/extraction';
  const sentence = ' The harbour board of Seestadt means to keep the old sea wall open through the winter, whatever the engineers say.';
  const paragraph = (i) => '<p>Paragraph ' + i + ':' + sentence + '</p>\\n';
  const parts = ['<!doctype html><title>The sea wall</title><article><h1>The sea wall</h1>'];
  for (let i = 0, size = 0; size < ${PAGE_MB} * 1024 * 1024; i++, size += parts.at(-1).length) parts.push(paragraph(i));
  const found = extractArticle({ bytes: Buffer.from(parts.join('')), contentType: 'text/html; charset=utf-8' });
  console.log(JSON.stringify({ kind: found.kind, peakMb: process.resourceUsage().maxRSS / 1024 }));
`;

describe('extracting a page of ten megabytes', () => {
  it(`stays within ${LIMIT_MB} MB`, async () => {
    const cwd = fileURLToPath(new URL('..', import.meta.url));
    const args = ['--max-old-space-size=200', '--input-type=module', '--eval', PROGRAM];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd });
    const answer = JSON.parse(stdout) as { kind: string; peakMb: number };

    expect(answer.kind).toBe('article');
    expect(answer.peakMb).toBeLessThan(LIMIT_MB);
  }, 120_000);
});
