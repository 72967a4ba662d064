import { type Command } from 'commander';
import type { Extraction, ExtractionInput } from '@wireroom/extraction';
import { writeFile } from 'node:fs/promises';
import { CliError, EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { fetchPage } from '../fetch-page.js';
import { readInputFile } from '../read-input-file.js';
import { defaultRulesDir, readRules } from '../rules-dir.js';
import { note, printable, write, writeJson } from '../terminal.js';
import { terminalWidth } from './common.js';

interface ExtractFlags {
  explain?: boolean;
  html?: string;
  json?: boolean;
  contentType?: string;
  url?: string;
  publishedAt?: string;
  rules: string;
}

export function registerExtract(program: Command): void {
  program
    .command('extract')
    .summary('show the article in a page, and why each block of the page was kept or dropped')
    .description(
      'Extracts the article from one page or flattened text, given by address or as a file. Needs no server of Wireroom\n' +
        'and stores nothing.',
    )
    .argument('<page>', 'http(s) address, or a file')
    .option('--explain', 'show each block with its score, kept or dropped, and why')
    .option('--html <file>', 'write the explanation as a page of its own')
    .option('--json', 'print JSON; with --explain the blocks as well')
    .option('--content-type <type>', 'media type, such as "text/html; charset=windows-1252"')
    .option('--url <url>', 'address a file came from')
    .option('--published-at <time>', 'when the source says it was published, ISO 8601')
    .option('--rules <folder>', 'folder of site rules; RULES_DIR sets it too', defaultRulesDir())
    .addHelpText(
      'after',
      `
What moved the classifier is given in log odds: +2 makes a block about seven times as likely to be article.

Examples:
  $ wireroom extract https://paper.example/2026/03/16/story
  $ wireroom extract --explain page.html | less -R
  $ wireroom extract --html why.html --url https://paper.example/story page.html
${EXIT_CODES_HELP}`,
    )
    .action(extract);
}

async function extract(page: string, flags: ExtractFlags): Promise<void> {
  const { extractArticle, explainArticle, ExtractionError } = await import('@wireroom/extraction');
  const input = { ...(await readPage(page, flags)), rules: (await readRules(flags.rules)).map(({ rule }) => rule) };
  try {
    const extraction = extractArticle(input);
    const blocks = flags.explain || flags.html !== undefined ? explainArticle(input) : [];
    if (flags.html !== undefined) {
      const { explanationPage } = await import('../explain/explanation-page.js');
      await writeFile(flags.html, explanationPage(page, extraction, blocks));
      note(`wrote ${flags.html}`);
    }
    if (flags.json) {
      await writeJson({ ...extraction, ...(flags.explain ? { blocks } : {}) });
    } else if (flags.explain) {
      const { printExplanation } = await import('../explain/print-explanation.js');
      await write(printExplanation(extraction, blocks, terminalWidth()));
    } else if (flags.html === undefined) {
      await write(asText(extraction));
    }
    if (extraction.kind === 'not-article') process.exitCode = EXIT.failed;
  } catch (error) {
    if (error instanceof ExtractionError) throw new CliError(EXIT.failed, `${page}: ${error.message} (${error.code})`);
    throw error;
  }
}

function asText(extraction: Extraction): string {
  if (extraction.kind === 'not-article') {
    return printable(
      `not an article: ${extraction.pageKind}\n${extraction.reasons.map((one) => `  ${one}\n`).join('')}`,
    );
  }
  const { title, authors, byline, publishedAt, paragraphs } = extraction.article;
  const by = authors.map(({ name }) => name).join(', ') || byline;
  const head = [title, [by, publishedAt].filter(Boolean).join(' · ')].filter(Boolean);
  return printable(`${[...head, ...paragraphs.map(({ text }) => text)].join('\n\n')}\n`);
}

async function readPage(page: string, flags: ExtractFlags): Promise<ExtractionInput> {
  const { contentType, url, publishedAt } = flags;
  if (!/^https?:\/\//i.test(page)) return { bytes: await readInputFile(page), contentType, url, publishedAt };
  const fetched = await fetchPage(page);
  return { ...fetched, contentType: contentType ?? fetched.contentType, publishedAt };
}
