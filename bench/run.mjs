/** `npm run bench [-- extract | enrich | clusters | console] [-- --quick --json]`: compiles the benchmarks, which no image carries, and runs them. */
import { fileURLToPath } from 'node:url';
import { runQuietly } from '../scripts/child.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { ok, output } = await runQuietly(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'bench'], {
  cwd: root,
});
if (ok) {
  await import('./dist/main.js');
} else {
  console.error(`${output}\nThe benchmarks do not compile.`);
  process.exitCode = 1;
}
