import { fileURLToPath } from 'node:url';

/** The folder of site rules: RULES_DIR, or `rules` of this checkout. */
export function defaultRulesDir(): string {
  return process.env['RULES_DIR'] || fileURLToPath(new URL('../../../rules', import.meta.url));
}
