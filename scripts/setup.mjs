import { createHash } from 'node:crypto';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runQuietly } from './child.mjs';

/**
 * Installs the packages the lock file names, unless they are there already.
 *
 * @returns {Promise<boolean>} false when it failed, and npm's own words were printed
 */
export async function ensureInstalled(root) {
  const lock = await readFile(join(root, 'package-lock.json'), 'utf8');
  const stampFile = join(root, 'node_modules', '.wireroom-installed');
  const stamp = createHash('sha256').update(`${lock} ${process.versions.modules}`).digest('hex');
  if ((await readOrNothing(stampFile)) === stamp) return true;

  const installed = await readOrNothing(join(root, 'node_modules', '.package-lock.json'));
  if (installed === undefined || !matchesLock(JSON.parse(lock), JSON.parse(installed))) {
    if (!(await install(root))) return false;
  }
  await writeFile(stampFile, stamp);
  return true;
}

/**
 * Whether npm's record of what it installed holds every package of the lock file in its version. Packages for other
 * platforms may be missing. Spares a full install after a plain `npm install`.
 */
export function matchesLock(lock, installed) {
  return Object.entries(lock.packages).every(([path, wanted]) => {
    if (!path.startsWith('node_modules/')) return true;
    const present = installed.packages[path];
    if (present === undefined) return wanted.optional === true || wanted.devOptional === true;
    return present.version === wanted.version && present.integrity === wanted.integrity;
  });
}

/**
 * Compiles what changed since the last time, and bundles the console's page when something of it did.
 *
 * @returns {Promise<boolean>} false when it doesn't compile, and the compiler's words were printed
 */
export async function ensureBuilt(root) {
  const { ok, output } = await runQuietly(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { cwd: root });
  if (!ok) console.error(`${output}\nThe sources do not compile.`);
  return ok && (await ensurePageBuilt(root));
}

async function ensurePageBuilt(root) {
  const page = join(root, 'apps', 'console', 'web');
  const stampFile = join(page, 'dist', '.wireroom-built');
  const stamp = await hashOfSources(page, join(root, 'package-lock.json'));
  if ((await readOrNothing(stampFile)) === stamp) return true;

  const args = ['node_modules/vite/bin/vite.js', 'build', page, '--logLevel=warn'];
  const { ok, output } = await runQuietly(process.execPath, args, { cwd: root });
  if (!ok) console.error(`${output}\nThe console's page could not be bundled.`);
  else await writeFile(stampFile, stamp);
  return ok;
}

/** Changes with every file of a folder, what was built or installed in it left out, and with the other files named. */
async function hashOfSources(folder, ...others) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/](dist|node_modules)[\\/]/.test(file.slice(folder.length)))
    .sort();
  const hash = createHash('sha256');
  for (const file of [...files, ...others]) hash.update(`${file.slice(folder.length)}\0`).update(await readFile(file));
  return hash.digest('hex');
}

async function install(root) {
  const began = Date.now();
  const progress = showProgress('Installing packages');
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { ok, output } = await runQuietly('npm', args, { cwd: root });
  progress.end(ok ? `done in ${Math.round((Date.now() - began) / 1000)} s` : 'failed');
  if (!ok) console.error(`${output}\nThe packages could not be installed: check the network and npm's settings.`);
  return ok;
}

/** One line on standard error that counts the seconds on a terminal, and stays plain in a log. */
function showProgress(label) {
  const began = Date.now();
  const isTerminal = process.stderr.isTTY;
  process.stderr.write(`${label}...`);
  const tick = () => process.stderr.write(`\r${label}... ${Math.round((Date.now() - began) / 1000)} s`);
  const timer = isTerminal ? setInterval(tick, 1000) : undefined;
  return {
    end(outcome) {
      clearInterval(timer);
      process.stderr.write(`${isTerminal ? `\r${label}...` : ''} ${outcome}\n`);
    },
  };
}

async function readOrNothing(file) {
  return readFile(file, 'utf8').catch(() => undefined);
}
