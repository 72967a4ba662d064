/**
 * Stands behind every root npm script and needs nothing installed: `node scripts/run.mjs VERB [ARGS]`. Brings the
 * checkout to where the verb can work (packages as locked, sources compiled) and then does it.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

const VERBS = {
  start: (args) => node(['apps/cli/bin/wireroom.mjs', 'up', '--samples', ...args]),
  reset: (args) => node(['apps/cli/bin/wireroom.mjs', 'reset', ...args]),
  test: (args) => tests(['unit', 'contract', 'e2e', 'browser'], args),
  'test:unit': (args) => tests(['unit', 'contract'], args),
  'test:e2e': (args) => tests(['e2e'], args),
  'test:browser': (args) => tests(['browser'], args),
  check: async () => (await import('./checks.mjs')).runChecks(root),
  bench: (args) => node(['bench/run.mjs', ...args]),
  'contracts:generate': (args) => node(['libs/contracts/dist/tools/generate.js', ...args]),
  'contracts:check': (args) => node(['libs/contracts/dist/tools/generate.js', '--check', ...args]),
};

refuseOldNode();
process.exitCode = await main(process.argv[2], process.argv.slice(3));

async function main(verb, args) {
  if (!Object.hasOwn(VERBS, verb)) {
    console.error(`Usage: node scripts/run.mjs ${Object.keys(VERBS).join(' | ')} [arguments]`);
    return 2;
  }
  const { ensureInstalled, ensureBuilt } = await import('./setup.mjs');
  if (!(await ensureInstalled(root))) return 1;
  // "check" reports what does not compile as one of its findings
  if (verb !== 'check' && !(await ensureBuilt(root))) return 1;
  return VERBS[verb](args);
}

async function node(args) {
  const { runThrough } = await import('./child.mjs');
  return runThrough(process.execPath, args, { cwd: root });
}

async function tests(projects, args) {
  const { runTests } = await import('./tests.mjs');
  return runTests(root, projects, args);
}

function refuseOldNode() {
  const { engines } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const wanted = engines.node.match(/\d+/g).map(Number);
  const present = process.versions.node.split('.').map(Number);
  const differs = wanted.findIndex((part, index) => part !== present[index]);
  if (differs === -1 || present[differs] > wanted[differs]) return;
  console.error(`Wireroom needs Node.js ${engines.node}; this is ${process.versions.node}: install a newer one.`);
  process.exit(1);
}
