import { STAGES, type StageName } from '@wireroom/contracts';
import type { Command } from 'commander';
import { EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { livingRun, readState } from '../system/state.js';
import { colours, printable, writeJson, writeLine } from '../terminal.js';
import { dirOption } from './common.js';

/** One thing looked at. */
interface Finding {
  name: string;
  ok: boolean;
  detail: string;
  advice?: string;
}

const REACH_MS = 3000;
const NAME_WIDTH = 24;

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .summary('check what this machine needs to run Wireroom')
    .description(
      'Looks at Node, Java, Maven, pip, Docker, disk and memory, at servers named by KAFKA_BROKERS and MONGODB_URI, and\n' +
        'at a running Wireroom, if there is one. Changes nothing.',
    )
    .addOption(dirOption())
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
The exit code is 5 when something is missing on this machine, 3 when a running service does not answer.

Examples:
  $ wireroom doctor
  $ wireroom doctor --json
${EXIT_CODES_HELP}`,
    )
    .action(doctor);
}

async function doctor({ dir, json }: { dir: string; json?: boolean }): Promise<void> {
  const { checkMachine } = await import('@wireroom/backends');
  const machine: Finding[] = await checkMachine({ dir });
  const running = await checkRunning(dir);
  if (json) await writeJson({ machine, running });
  else await writeLine([...machine, ...running].map(findingLine).join('\n'));
  if (machine.some(({ ok }) => !ok)) process.exitCode = EXIT.machine;
  else if (running.some(({ ok }) => !ok)) process.exitCode = EXIT.unreachable;
}

async function checkRunning(dir: string): Promise<Finding[]> {
  const run = livingRun(await readState(dir));
  if (!run) return [{ name: 'Wireroom', ok: true, detail: `none runs from ${dir}` }];
  return Promise.all(STAGES.map((stage) => checkService(stage, run.services[stage].url)));
}

async function checkService(stage: StageName, url: string): Promise<Finding> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(REACH_MS) });
    const text = await response.text();
    if (response.ok) return { name: stage, ok: true, detail: `${url} is ready` };
    return { name: stage, ok: false, detail: `${url} is not ready: ${text.slice(0, 300)}`, advice: 'wireroom status' };
  } catch {
    return {
      name: stage,
      ok: false,
      detail: `${url} does not answer`,
      advice: `see logs/${stage}.log in the data folder`,
    };
  }
}

function findingLine({ name, ok, detail, advice }: Finding): string {
  const mark = ok ? colours.green('✓') : colours.red('✗');
  return `${mark} ${name.padEnd(NAME_WIDTH)} ${printable(detail)}${advice && !ok ? `\n  → ${printable(advice)}` : ''}`;
}
