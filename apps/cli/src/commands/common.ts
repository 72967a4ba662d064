import { InvalidArgumentError, Option } from 'commander';
import { STAGES, type StageName } from '@wireroom/contracts';
import { defaultDir } from '../system/state.js';

/** The data folder whose running system a command speaks to. */
export function dirOption(): Option {
  return new Option('--dir <folder>', 'data folder; WIREROOM_DIR sets it too').default(defaultDir());
}

export function stageOption(): Option {
  return new Option('--stage <stage>', 'only this stage').choices([...STAGES] satisfies StageName[]);
}

/** Parses a whole number above 0. @throws InvalidArgumentError */
export function positiveInteger(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.');
  return Number(text);
}

/** What commands that speak to a running system say about finding it. */
export const FINDING_HELP = `
The running system is found through the data folder, or by WIREROOM_INGEST_URL, WIREROOM_ENRICHMENT_URL,
WIREROOM_PUBLISHING_URL and OPS_TOKEN.`;

const DEFAULT_WIDTH = 100;

/** Columns to print for: those of the terminal, and no more than can be read. */
export function terminalWidth(): number {
  return Math.min(process.stdout.columns ?? DEFAULT_WIDTH, DEFAULT_WIDTH);
}
