import type { Backends } from '@wireroom/backends';
import { availableParallelism, cpus } from 'node:os';
import { onLocalServers } from '../local-servers.js';
import { figure, progress, rangeOf, tableOf } from '../report.js';
import { type Spread, spreadOf } from '../statistics.js';
import { measureCompute } from './compute.js';
import type { SubjectName } from './host.js';
import { type Latency, type Pace, measureTopics, measureWireroom } from './latency.js';
import { type Load, type Throughput, measureThroughput } from './throughput.js';

export interface PipelineOptions {
  quick: boolean;
  rounds?: number;
  /** Runs only these pipelines, `compute` and `latency`; all by default. */
  only?: string[];
  /** Where to leave CPU profiles of the pipelines' processes. */
  profileDir?: string;
}

interface Plan {
  rounds: number;
  loads: Record<ThroughputSubject, Load>;
  pages: number;
  latencyRounds: number;
  pace: Pace;
}

type ThroughputSubject = Exclude<SubjectName, 'bareHops'>;
type Row = ThroughputSubject | 'compute';
type LatencyRow = 'bareHops' | 'ceiling' | 'wireroom';
type Latencies = Record<LatencyRow, Latency>;

const FULL: Plan = {
  rounds: 4,
  loads: {
    stock: { warmUp: 200, items: 800 },
    wireroom: { warmUp: 2000, items: 5000 },
    ceiling: { warmUp: 2000, items: 5000 },
    wireroomComplete: { warmUp: 300, items: 1000 },
  },
  pages: 400,
  latencyRounds: 2,
  pace: { perSecond: 50, warmUpSeconds: 20, seconds: 12 },
};

const QUICK: Plan = {
  rounds: 1,
  loads: {
    stock: { warmUp: 100, items: 400 },
    wireroom: { warmUp: 1000, items: 3000 },
    ceiling: { warmUp: 1000, items: 3000 },
    wireroomComplete: { warmUp: 200, items: 600 },
  },
  pages: 200,
  latencyRounds: 1,
  pace: { perSecond: 50, warmUpSeconds: 3, seconds: 8 },
};

const NAMES: Record<Row, string> = {
  stock: '(a) stock Nest pipeline',
  wireroom: '(b) Wireroom, pages left unread',
  ceiling: '(c) plain client batches',
  wireroomComplete: '(b) Wireroom, complete',
  compute: '(d) extraction and enrichment alone',
};

const LATENCY_NAMES: Record<LatencyRow, string> = {
  bareHops: 'two bare Kafka hops',
  ceiling: '(c) plain client batches',
  wireroom: '(b) Wireroom, door to published',
};

/** The outcome of a run; `--json` prints it as it is. */
export interface PipelineReport {
  machine: { cores: number; model: string; node: string };
  plan: Plan;
  throughput: Record<string, { itemsPerSecond: Spread; cpuMsPerItem: Spread }>;
  latency: Record<string, { p50: Spread; p99: Spread }>;
  /** Medians of the ratios of runs of the same round. */
  ratios: Record<string, number>;
}

/** Runs the pipelines in turn, round after round, on servers of their own. */
export async function benchPipeline(options: PipelineOptions): Promise<PipelineReport> {
  const chosen = options.quick ? QUICK : FULL;
  const plan = { ...chosen, rounds: options.rounds ?? chosen.rounds };
  return onLocalServers(async ({ backends: local }) => {
    const backends = { ...local, mongoUri: `${local.mongoUri}&w=majority&journal=true` };
    const rounds: Partial<Record<Row, Throughput>>[] = [];
    for (let round = 1; round <= plan.rounds; round++) rounds.push(await runRound(backends, round));
    const latencies: Latencies[] = [];
    for (let round = 1; round <= (isWanted('latency') ? plan.latencyRounds : 0); round++) {
      latencies.push(await runLatencyRound(backends, round));
    }
    return reportOf(plan, rounds, latencies);
  });

  function isWanted(part: Row | 'latency'): boolean {
    return options.only?.includes(part) ?? true;
  }

  async function runRound(backends: Backends, round: number): Promise<Partial<Record<Row, Throughput>>> {
    const results: Partial<Record<Row, Throughput>> = {};
    for (const subject of Object.keys(plan.loads) as ThroughputSubject[]) {
      if (!isWanted(subject)) continue;
      const run = `bench-${subject.toLowerCase()}-${round}`;
      results[subject] = await measureThroughput(backends, subject, run, plan.loads[subject], options.profileDir);
      announce(round, subject, results[subject]);
    }
    if (isWanted('compute')) {
      results.compute = measureCompute(plan.pages);
      announce(round, 'compute', results.compute);
    }
    return results;
  }

  async function runLatencyRound(backends: Backends, round: number): Promise<Latencies> {
    const latencies: Latencies = {
      bareHops: await measureTopics('bareHops', backends, `bench-hops-${round}`, plan.pace),
      ceiling: await measureTopics('ceiling', backends, `bench-plain-${round}`, plan.pace),
      wireroom: await measureWireroom(backends, `bench-door-${round}`, plan.pace),
    };
    const medians = rowsOf(LATENCY_NAMES).map((row) => `${LATENCY_NAMES[row]} ${figure(latencies[row].p50)} ms`);
    progress(`round ${round}: p50 of ${medians.join(', ')}`);
    return latencies;
  }
}

function announce(round: number, row: Row, { itemsPerSecond, cpuMsPerItem }: Throughput): void {
  progress(`round ${round}: ${NAMES[row]}: ${figure(itemsPerSecond)} items/s, ${figure(cpuMsPerItem)} ms CPU an item`);
}

function reportOf(plan: Plan, rounds: Partial<Record<Row, Throughput>>[], latencies: Latencies[]): PipelineReport {
  const each = (row: Row, measure: keyof Throughput): number[] =>
    rounds.flatMap((round) => round[row]?.[measure] ?? []);
  const rows = rowsOf(NAMES).filter((row) => rounds.some((round) => round[row]));
  const ratio = (row: Row, to: Row, measure: keyof Throughput = 'itemsPerSecond'): number =>
    medianRatio(each(row, measure), each(to, measure));
  const latency = (row: LatencyRow, measure: keyof Latency): number[] => latencies.map((round) => round[row][measure]);
  return {
    machine: { cores: availableParallelism(), model: cpus()[0]?.model ?? 'unknown', node: process.version },
    plan,
    throughput: Object.fromEntries(
      rows.map((row) => [
        row,
        { itemsPerSecond: spreadOf(each(row, 'itemsPerSecond')), cpuMsPerItem: spreadOf(each(row, 'cpuMsPerItem')) },
      ]),
    ),
    latency: Object.fromEntries(
      rowsOf(LATENCY_NAMES).map((row) => [
        row,
        { p50: spreadOf(latency(row, 'p50')), p99: spreadOf(latency(row, 'p99')) },
      ]),
    ),
    ratios: {
      wireroomToStock: ratio('wireroom', 'stock'),
      wireroomToCeiling: ratio('wireroom', 'ceiling'),
      wireroomToCompute: ratio('wireroomComplete', 'compute'),
      cpuPerItemToCeiling: ratio('wireroom', 'ceiling', 'cpuMsPerItem'),
      latencyToBareHops: medianRatio(latency('wireroom', 'p50'), latency('bareHops', 'p50')),
    },
  };
}

function rowsOf<TRow extends string>(names: Record<TRow, string>): TRow[] {
  return Object.keys(names) as TRow[];
}

function medianRatio(values: number[], to: number[]): number {
  return spreadOf(values.map((value, index) => value / to[index]!)).median;
}

/** The report for a person to read. */
export function printPipeline({ machine, throughput, latency, ratios, plan }: PipelineReport): string {
  const rates = Object.entries(throughput).map(([row, { itemsPerSecond, cpuMsPerItem }]) => [
    NAMES[row as Row],
    rangeOf(itemsPerSecond),
    rangeOf(cpuMsPerItem),
  ]);
  const waits = rowsOf(LATENCY_NAMES).map((row) => {
    const { p50, p99 } = latency[row]!;
    return [LATENCY_NAMES[row], rangeOf(p50), rangeOf(p99)];
  });
  return [
    `Items of 4 kB, acks=all, majority writes with journal; ${plan.rounds} rounds in turn; ${machine.cores} × ${machine.model}, Node ${machine.node}`,
    tableOf(['throughput, median (range)', 'items/s', 'CPU ms an item'], rates),
    tableOf([`latency at ${plan.pace.perSecond} items/s`, 'p50 ms', 'p99 ms'], waits),
    tableOf(
      ['ratio', 'measured', 'aim'],
      Object.entries(AIMS).map(([name, aim]) => [name, figure(ratios[name]!), aim]),
    ),
  ].join('\n\n');
}

const AIMS = {
  wireroomToStock: '≥ 6',
  wireroomToCeiling: '≥ 0.85',
  wireroomToCompute: '≥ 0.6',
  cpuPerItemToCeiling: '≤ 1.3',
  latencyToBareHops: '≤ 2',
};
