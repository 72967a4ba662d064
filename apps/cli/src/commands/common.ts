import { type Command, InvalidArgumentError, Option } from 'commander';
import { STAGES, type StageName } from '@wireroom/contracts';
import { defaultDir } from '../system/state.js';

/** The data folder whose running system a command speaks to. */
export function dirOption(): Option {
  return new Option('--dir <folder>', 'data folder; WIREROOM_DIR sets it too').default(defaultDir());
}

/** Options of the commands that speak to the console. */
export function addConsoleOptions(command: Command): Command {
  return command
    .addOption(dirOption())
    .option('--token <token>', 'API token of the console; WIREROOM_CONSOLE_TOKEN sets it out of others’ sight')
    .option('--json', 'print JSON');
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

/** What commands that speak to the console say about finding it. */
export const CONSOLE_HELP = `
It asks the console, which is found through the data folder or by WIREROOM_CONSOLE_URL. Its token is that of --token,
WIREROOM_CONSOLE_TOKEN or OPS_TOKEN, else the one "wireroom up" left in the data folder. To see needs the role viewer,
to act the role operator.`;

const DEFAULT_WIDTH = 100;

/** Columns to print for: those of the terminal, and no more than can be read. */
export function terminalWidth(): number {
  return Math.min(process.stdout.columns ?? DEFAULT_WIDTH, DEFAULT_WIDTH);
}
