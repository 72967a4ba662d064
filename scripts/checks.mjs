import { runQuietly } from './child.mjs';

const CHECKS = {
  types: ['node_modules/typescript/bin/tsc', '-b', '.', 'bench'],
  'types of specs': ['node_modules/typescript/bin/tsc', '-p', 'test/tsconfig.json'],
  formatting: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  lint: ['node_modules/eslint/bin/eslint.js', '--max-warnings=0', '.'],
  'who imports whom': [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    'libs/*/src',
    'apps/*/src',
    'apps/console/web/src',
  ],
  'the page within its weight': ['node_modules/vite/bin/vite.js', 'build', 'apps/console/web', '--logLevel=warn'],
  'contracts as generated and released': ['libs/contracts/dist/tools/generate.js', '--check'],
};

/**
 * Runs every check, prints one line for each and the findings below those that failed.
 *
 * @returns {Promise<number>} 0 when all are well
 */
export async function runChecks(root) {
  let failures = 0;
  for (const [name, command] of Object.entries(CHECKS)) {
    const { ok, output } = await runQuietly(process.execPath, command, { cwd: root });
    console.log(`${ok ? 'ok    ' : 'failed'} ${name}`);
    if (!ok) console.log(output);
    if (!ok) failures++;
  }
  return failures === 0 ? 0 : 1;
}
