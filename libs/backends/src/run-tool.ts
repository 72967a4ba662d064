import { execFile } from 'node:child_process';
import { systemCode } from './backend-error.js';

/** What a finished tool said. `code` is undefined when it is not installed. */
export interface ToolResult {
  code: number | undefined;
  /** Standard output, or standard error when that is all it wrote. */
  output: string;
  errors: string;
}

/** Runs a command to its end. Seam for specs: no step of this library starts a tool in another way. */
export type RunTool = (
  command: string,
  args: string[],
  options?: { env?: NodeJS.ProcessEnv; cwd?: string; timeoutMs?: number },
) => Promise<ToolResult>;

const MAX_OUTPUT_BYTES = 16 * 1024 ** 2;

export const runTool: RunTool = (command, args, { env, cwd, timeoutMs = 0 } = {}) =>
  new Promise((resolve) => {
    const options = { env, cwd, timeout: timeoutMs, maxBuffer: MAX_OUTPUT_BYTES };
    execFile(command, args, options, (error, stdout, stderr) => {
      const isMissing = systemCode(error) === 'ENOENT';
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ code: isMissing ? undefined : code, output: stdout.trim() || stderr.trim(), errors: stderr.trim() });
    });
  });
