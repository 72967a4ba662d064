import type { Command } from 'commander';
import { type Addresses, clientsFor } from '../clients.js';
import { CliError, EXIT, EXIT_CODES_HELP } from '../exit-codes.js';
import { LiveView } from '../live-view.js';
import type { Progress } from '../samples/judge.js';
import { progressLine, summaryOf, wireTable } from '../samples/wire-table.js';
import type { RunState } from '../system/state.js';
import type { System } from '../system/system.js';
import { colours, note, writeLine } from '../terminal.js';
import { dirOption, positiveInteger } from './common.js';

interface UpFlags {
  dir: string;
  samples?: boolean;
  once?: boolean;
  json?: boolean;
  timeout: number;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export function registerUp(program: Command): void {
  program
    .command('up')
    .summary('start Kafka, MongoDB and the services, and keep them running')
    .description(
      'Starts everything: Kafka and MongoDB (given by KAFKA_BROKERS and MONGODB_URI, or by Docker, or as local\n' +
        'processes), the topics, and the services as processes of their own, restarted when they die.\n' +
        'Ctrl-C stops exactly what was started.',
    )
    .addOption(dirOption())
    .option('--samples', 'send the sample wire and show it move through the stages')
    .option('--once', 'stop when every sample ended; exit 0 only if each ended as it must (implies --samples)')
    .option('--timeout <seconds>', 'with --once: how long the samples may take', positiveInteger, 180)
    .option('--json', 'print lines of JSON: {ready}, one {sample} as each ends, {summary}; all else goes to stderr')
    .addHelpText(
      'after',
      `
Ports are picked once and remembered in the data folder; INGEST_PORT, ENRICHMENT_PORT, PUBLISHING_PORT, CONSOLE_PORT,
KAFKA_PORT and MONGO_PORT name them. Logs are in <folder>/logs. A second start keeps the data; "wireroom reset" clears it.

Examples:
  $ wireroom up --samples
  $ wireroom up --once
  $ KAFKA_BROKERS=broker:9092 MONGODB_URI=mongodb://db/?replicaSet=rs0 wireroom up
${EXIT_CODES_HELP}`,
    )
    .action(up);
}

async function up(flags: UpFlags): Promise<void> {
  const view = new LiveView(flags.json);
  const stop = new AbortController();
  let lost: string | undefined;
  stopOnSignals(stop, view);

  const { System } = await import('../system/system.js');
  const system = new System(flags.dir, {
    say: (line) => view.print(colours.dim(line)),
    lost: (reason) => {
      lost ??= reason;
      stop.abort();
    },
  });
  try {
    const run = await system.start();
    if (!stop.signal.aborted) await printAddresses(run, system.consoleLink(run), flags, view);
    if (!stop.signal.aborted && (flags.samples || flags.once)) await showSamples(system, run, flags, view, stop.signal);
    if (!stop.signal.aborted && !flags.once) {
      view.print(colours.dim('Running; Ctrl-C stops it.'));
      await aborted(stop.signal);
    }
  } finally {
    view.done();
    if (system.hasStarted) view.print(colours.dim('Stopping'));
    await system.stop();
    if (system.hasStarted) view.print(colours.dim('Stopped'));
  }
  if (lost) throw new CliError(EXIT.unreachable, lost);
  if (flags.once && stop.signal.aborted) throw new CliError(EXIT.failed, 'stopped before the samples had ended');
}

/** The first signal stops in order, the second leaves at once; children then get SIGTERM all the same. */
function stopOnSignals(stop: AbortController, view: LiveView): void {
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(EXIT.failed);
      view.print(colours.dim(`${signal}: stopping what was started; once more leaves at once`));
      stop.abort();
    });
  }
}

async function printAddresses(
  { services, brokers, mongoUri }: RunState,
  consoleLink: string,
  { json }: UpFlags,
  view: LiveView,
): Promise<void> {
  if (json)
    await writeLine(JSON.stringify({ ready: { services, consoleLink, brokers, mongoUri: withoutSecret(mongoUri) } }));
  const { ingest, enrichment, publishing } = services;
  const lines: [string, string][] = [
    ['ingest', `${ingest.url}  (docs ${ingest.url}/docs)`],
    ['enrichment', enrichment.url],
    ['publishing', `${publishing.url}  (docs ${publishing.url}/docs)`],
    ['articles', `${publishing.url}/v1/articles`],
    ['feeds', ['rss', 'atom', 'json'].map((format) => `${publishing.url}/feeds/all.${format}`).join('  ')],
    ['stream', `${publishing.url}/v1/stream`],
    ['kafka', brokers.join(', ')],
    ['mongodb', withoutSecret(mongoUri)],
    ['console', `${consoleLink}  (signs in once)`],
  ];
  for (const [name, address] of lines) view.print(`  ${colours.cyan(name.padEnd(11))}${address}`);
}

/** An address of MongoDB may carry a password; it is nobody's business on a screen. */
function withoutSecret(uri: string): string {
  return uri.replace(/\/\/[^/@]*@/, '//…@');
}

async function showSamples(
  system: System,
  run: RunState,
  flags: UpFlags,
  view: LiveView,
  stop: AbortSignal,
): Promise<void> {
  const [{ readWire }, { runWire }] = await Promise.all([
    import('../samples/wire.js'),
    import('../samples/run-wire.js'),
  ]);
  const samples = await readWire();
  const startedAt = Date.now();
  const signal = flags.once ? AbortSignal.any([stop, AbortSignal.timeout(flags.timeout * 1000)]) : stop;
  const told = new Set<string>();
  const onProgress = (progress: (Progress | undefined)[]): void => {
    view.draw(wireTable(progress));
    for (const one of progress) {
      if (one?.outcome === undefined || told.has(one.name)) continue;
      told.add(one.name);
      if (flags.json) void writeLine(JSON.stringify({ sample: one }));
      else if (!view.isLive) view.print(progressLine(one));
    }
  };
  const clients = clientsFor({ urls: urlsOf(run), opsToken: system.opsToken });
  const progress = await runWire({ samples, system, run, clients, onProgress, signal });
  view.done();
  if (stop.aborted) return;
  const seconds = (Date.now() - startedAt) / 1000;
  view.print(summaryOf(progress, seconds));
  const faults = faultsOf(progress, flags);
  if (flags.json) await writeLine(JSON.stringify({ summary: { samples: progress.length, seconds, faults } }));
  else for (const fault of faults) note(fault);
  if (flags.once && faults.length > 0) process.exitCode = EXIT.failed;
}

function urlsOf({ services: { ingest, enrichment, publishing } }: RunState): Addresses['urls'] {
  return { ingest: ingest.url, enrichment: enrichment.url, publishing: publishing.url };
}

/** One reason for each sample that did not end as it must. */
function faultsOf(progress: Progress[], { timeout }: UpFlags): string[] {
  return progress.flatMap(({ name, fault, outcome }) => {
    if (fault !== undefined) return [`${name}: ${fault}`];
    return outcome === undefined ? [`${name}: not ended within ${timeout} s`] : [];
  });
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  // A pending promise doesn't keep the process alive; the timer does, also where all servers are someone else's.
  const alive = setInterval(() => undefined, 60_000);
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
  clearInterval(alive);
}
