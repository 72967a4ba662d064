import { type SiteRule, SiteRuleError, parseSiteRule } from '@wireroom/extraction';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One rule of a folder: as it stands in its file, and ready for use. */
export interface RuleFile {
  /** `news.example.json`. */
  file: string;
  source: object;
  rule: SiteRule;
}

/** What is wrong with one file of a folder; `path` is a JSON Pointer, empty for the file as a whole. */
export interface RuleFault {
  file: string;
  path: string;
  reason: string;
}

/** A folder that must not be used, with everything that is wrong in it. */
export class RulesFolderError extends Error {
  constructor(
    readonly dir: string,
    readonly faults: RuleFault[],
  ) {
    super(
      `${dir}: ${faults.map(({ file, path, reason }) => [file, path, reason].filter(Boolean).join(': ')).join('; ')}`,
    );
    this.name = 'RulesFolderError';
  }
}

/**
 * Reads a folder of site rules, one JSON file a site, named `SITE.json`. Folders in it, which hold saved pages, and
 * files of other kinds are left alone.
 *
 * @throws RulesFolderError with every fault, so that a folder is used whole or not at all.
 */
export async function readRulesFolder(dir: string): Promise<RuleFile[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new RulesFolderError(dir, [{ file: '', path: '', reason: `the folder can't be read (${cause.code})` }]);
  });
  const names = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json')).map(({ name }) => name);
  const read = await Promise.all(names.sort().map((file) => readRuleFile(dir, file)));
  const faults = read.filter((one): one is RuleFault => 'reason' in one);
  if (faults.length > 0) throw new RulesFolderError(dir, faults);
  return read.filter((one): one is RuleFile => 'rule' in one);
}

async function readRuleFile(dir: string, file: string): Promise<RuleFile | RuleFault> {
  try {
    const source: unknown = JSON.parse(await readFile(join(dir, file), 'utf8'));
    const rule = parseSiteRule(source);
    // One site, one file: the file system sees to it that no site has two rules.
    if (file !== `${rule.site}.json`) return { file, path: '/site', reason: `belongs in ${rule.site}.json` };
    return { file, source: source as object, rule };
  } catch (error) {
    if (error instanceof SiteRuleError) return { file, path: error.path, reason: error.reason };
    if (error instanceof SyntaxError) return { file, path: '', reason: `is not JSON (${error.message})` };
    return { file, path: '', reason: `can't be read (${(error as NodeJS.ErrnoException).code})` };
  }
}
