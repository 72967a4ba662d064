import { extractArticle } from '@wireroom/extraction';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type RuleFault, RulesFolderError, readRulesFolder } from './rules-folder.js';

/** What a page must come out as; what is left out is not looked at. */
interface Expectation {
  /** Where the page was saved from; it decides which rule is used. */
  url: string;
  title?: string;
  /** All of them, in order. */
  authors?: string[];
  /** The beginning of the time is enough: `2026-03-16`. */
  publishedAt?: string;
  /** Texts the body must hold, and texts it must not. */
  contains?: string[];
  excludes?: string[];
  paragraphs?: number;
}

/** How a saved page fared: no faults means it came out as expected. */
export interface PageVerdict {
  site: string;
  page: string;
  faults: string[];
}

/**
 * Tries a folder's rules on the pages saved beside them: `SITE/NAME.html` with `SITE/NAME.expect.json`.
 *
 * @throws RulesFolderError when a rule, a page or its expectation can't be read.
 */
export async function testSavedPages(dir: string): Promise<PageVerdict[]> {
  const files = await readRulesFolder(dir);
  const rules = files.map(({ rule }) => rule);
  const verdicts: PageVerdict[] = [];
  for (const { rule } of files) {
    const names = await readdir(join(dir, rule.site)).catch((): string[] => []);
    for (const name of names.filter((one) => one.endsWith(EXPECTATION)).sort()) {
      const page = `${name.slice(0, -EXPECTATION.length)}.html`;
      const expected = await readExpectation(dir, join(rule.site, name));
      const bytes = await readFile(join(dir, rule.site, page)).catch((cause: NodeJS.ErrnoException) => {
        throw fault(dir, { file: join(rule.site, page), path: '', reason: `can't be read (${cause.code})` });
      });
      const extraction = extractArticle({ bytes, contentType: 'text/html', url: expected.url, rules });
      verdicts.push({ site: rule.site, page, faults: faultsOf(extraction, expected) });
    }
  }
  return verdicts;
}

const EXPECTATION = '.expect.json';
const LISTS = ['authors', 'contains', 'excludes'] as const;
const TEXTS = ['title', 'publishedAt'] as const;

async function readExpectation(dir: string, file: string): Promise<Expectation> {
  const value = await readFile(join(dir, file), 'utf8')
    .then((text) => JSON.parse(text) as Record<string, unknown>)
    .catch((cause: Error) => {
      throw fault(dir, { file, path: '', reason: `is no readable JSON (${cause.message})` });
    });
  const known = new Set<string>(['url', 'paragraphs', ...LISTS, ...TEXTS]);
  const check = (ok: boolean, field: string, reason: string): void => {
    if (!ok) throw fault(dir, { file, path: `/${field}`, reason });
  };
  for (const field of Object.keys(value)) check(known.has(field), field, 'unknown');
  check(typeof value.url === 'string' && URL.canParse(value.url), 'url', 'the address of the page is needed');
  for (const field of TEXTS) check(value[field] === undefined || typeof value[field] === 'string', field, 'is no text');
  for (const field of LISTS) check(value[field] === undefined || isTexts(value[field]), field, 'is no list of texts');
  check(value.paragraphs === undefined || Number.isInteger(value.paragraphs), 'paragraphs', 'is no whole number');
  return value as unknown as Expectation;
}

function faultsOf(extraction: ReturnType<typeof extractArticle>, expected: Expectation): string[] {
  if (extraction.kind === 'not-article') return [`no article was found (${extraction.pageKind})`];
  const { article } = extraction;
  const body = article.paragraphs.map(({ text }) => text).join('\n');
  const authors = article.authors.map(({ name }) => name);
  return [
    ...differs('title', article.title, expected.title),
    ...differs('authors', authors.join(', '), expected.authors?.join(', ')),
    ...differs('publishedAt', article.publishedAt?.slice(0, expected.publishedAt?.length), expected.publishedAt),
    ...differs('paragraphs', article.paragraphs.length, expected.paragraphs),
    ...(expected.contains ?? []).filter((text) => !body.includes(text)).map((text) => `the body lacks “${text}”`),
    ...(expected.excludes ?? []).filter((text) => body.includes(text)).map((text) => `the body holds “${text}”`),
  ];
}

function differs<T extends string | number>(field: string, found: T | undefined, expected: T | undefined): string[] {
  return expected === undefined || found === expected ? [] : [`${field} is ${found ?? 'absent'}, not ${expected}`];
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function fault(dir: string, what: RuleFault): RulesFolderError {
  return new RulesFolderError(dir, [what]);
}
