import { readFile } from 'node:fs/promises';
import { CliError, EXIT } from './exit-codes.js';

/** Reads a file a person named. @throws CliError in one sentence. */
export async function readInputFile(file: string): Promise<Buffer> {
  return readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'ENOENT'
      ? new CliError(EXIT.notFound, `there is no file ${file}`)
      : new CliError(EXIT.failed, `${file} can't be read (${cause.code})`, { cause });
  });
}
