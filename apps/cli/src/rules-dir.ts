import type { RuleFile } from '@wireroom/site-rules';
import { fileURLToPath } from 'node:url';
import { CliError, EXIT } from './exit-codes.js';

/** The folder of site rules: RULES_DIR, or `rules` of this checkout. */
export function defaultRulesDir(): string {
  return process.env['RULES_DIR'] || fileURLToPath(new URL('../../../rules', import.meta.url));
}

/** @throws CliError naming every fault of the folder. */
export async function readRules(dir: string): Promise<RuleFile[]> {
  const { readRulesFolder } = await import('@wireroom/site-rules');
  return readRulesFolder(dir).catch(refuseRules);
}

/** For `catch`: says what is wrong with a folder of rules in a sentence. @throws CliError, or what was thrown */
export async function refuseRules(error: unknown): Promise<never> {
  const { RulesFolderError } = await import('@wireroom/site-rules');
  throw error instanceof RulesFolderError ? new CliError(EXIT.failed, error.message, { cause: error }) : error;
}
