import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { registerDead } from './commands/dead.js';
import { registerDoctor } from './commands/doctor.js';
import { registerExtract } from './commands/extract.js';
import { registerIngest } from './commands/ingest.js';
import { registerPreview } from './commands/preview.js';
import { registerReprocess } from './commands/reprocess.js';
import { registerReset } from './commands/reset.js';
import { registerRules } from './commands/rules.js';
import { registerShow } from './commands/show.js';
import { registerSource } from './commands/source.js';
import { registerStatus } from './commands/status.js';
import { registerUp } from './commands/up.js';
import { registerWatch } from './commands/watch.js';
import { CliError, EXIT, EXIT_CODES_HELP } from './exit-codes.js';
import { note } from './terminal.js';

const COMMANDS = [
  registerUp,
  registerReset,
  registerIngest,
  registerSource,
  registerPreview,
  registerExtract,
  registerRules,
  registerWatch,
  registerStatus,
  registerShow,
  registerDead,
  registerReprocess,
  registerDoctor,
];

function createProgram(): Command {
  const program = new Command('wireroom')
    .description("A newsroom's raw wire, made into an event stream people can trust.")
    .version('0.1.0')
    .showHelpAfterError('(add --help for what it takes)')
    .exitOverride()
    .addHelpText('after', EXIT_CODES_HELP);
  for (const register of COMMANDS) register(program);
  return program;
}

/** Says what went wrong in one sentence where it is known, with a stack where it is a bug. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof CliError) {
    note(`wireroom: ${error.message}`);
    return error.exitCode;
  }
  note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return EXIT.failed;
}

// Whoever reads our output may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.failed);
});

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
