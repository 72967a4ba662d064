import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

/**
 * Runs a command on this terminal to its end. Ctrl-C reaches it by the terminal itself, so this process only waits for
 * it to finish in order; a SIGTERM is passed on, and so is the end of whoever started this process (npm passes no signal
 * on, and would leave servers running behind it).
 *
 * @returns {Promise<number>} its exit code, 128 plus the signal's number when a signal ended it
 */
export async function runThrough(command, args, options) {
  const child = spawn(command, args, { stdio: 'inherit', ...options });
  const wait = () => {};
  const pass = () => child.kill('SIGTERM');
  const starter = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === starter) return;
    clearInterval(watch);
    pass();
  }, 1000).unref();
  process.on('SIGINT', wait).on('SIGTERM', pass);
  try {
    const [code, signal] = await once(child, 'exit');
    return code ?? 128 + constants.signals[signal];
  } finally {
    clearInterval(watch);
    process.off('SIGINT', wait).off('SIGTERM', pass);
  }
}

/**
 * Runs a command and keeps what it prints.
 *
 * @returns {Promise<{ok: boolean, output: string}>} standard output and error in the order they came
 */
export async function runQuietly(command, args, options) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  try {
    const [code] = await once(child, 'close');
    return { ok: code === 0, output: Buffer.concat(chunks).toString() };
  } catch (error) {
    return { ok: false, output: String(error) };
  }
}
