import { waitUntil } from '@wireroom/backends';
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parse, stringify } from 'yaml';
import { freePort } from './wire.js';

export const PROMETHEUS_DIR = resolve(import.meta.dirname, '../../ops/prometheus');

/** What a query answers: one sample a series. */
export interface Sample {
  metric: Record<string, string>;
  value: [at: number, value: string];
}

export interface AlertRule {
  name: string;
  query: string;
  health: string;
}

interface Config {
  global: Record<string, string>;
  rule_files: string[];
  scrape_configs: { job_name: string; dns_sd_configs?: unknown; static_configs?: { targets: string[] }[] }[];
}

/** Whether Prometheus and its promtool can be run here. */
export function isPrometheusInstalled(): boolean {
  try {
    for (const program of ['prometheus', 'promtool']) execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs promtool in the folder of the rules. @returns what it said @throws where it found a fault */
export async function promtool(...args: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)('promtool', args, { cwd: PROMETHEUS_DIR });
  return stdout + stderr;
}

/** A Prometheus of our own with the committed configuration, which scrapes services at these addresses every second. */
export class PrometheusServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly dir: string,
    private readonly url: string,
  ) {}

  /** @param targets address by job, without scheme */
  static async start(targets: Record<string, string>): Promise<PrometheusServer> {
    const dir = await mkdtemp(join(tmpdir(), 'wireroom-prometheus-'));
    await writeConfig(dir, targets);
    const address = `127.0.0.1:${await freePort()}`;
    const child = spawn(
      'prometheus',
      [
        `--config.file=${join(dir, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(dir, 'data')}`,
        `--web.listen-address=${address}`,
        '--log.level=warn',
      ],
      { stdio: 'ignore' },
    );
    const server = new PrometheusServer(child, dir, `http://${address}`);
    const isReady = await waitUntil(async () => server.isReady(), 30_000);
    if (!isReady) throw new Error('prometheus was not ready within 30 s');
    return server;
  }

  async query(query: string): Promise<Sample[]> {
    const { result } = await this.get<{ result: Sample[] }>(`/api/v1/query?query=${encodeURIComponent(query)}`);
    return result;
  }

  async alertRules(): Promise<AlertRule[]> {
    const { groups } = await this.get<{ groups: { rules: AlertRule[] }[] }>('/api/v1/rules?type=alert');
    return groups.flatMap(({ rules }) => rules);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await ended;
    }
    await rm(this.dir, { recursive: true, force: true });
  }

  private async isReady(): Promise<boolean> {
    const response = await fetch(`${this.url}/-/ready`).catch(() => undefined);
    return response?.ok ?? false;
  }

  private async get<T>(path: string): Promise<T> {
    const response = await fetch(`${this.url}${path}`);
    const answer = (await response.json()) as { status: string; error?: string; data: T };
    if (answer.status !== 'success') throw new Error(answer.error);
    return answer.data;
  }
}

/** The committed configuration and rules with other addresses and a faster clock, and nothing else changed. */
async function writeConfig(dir: string, targets: Record<string, string>): Promise<void> {
  const config = parse(await readFile(join(PROMETHEUS_DIR, 'prometheus.yml'), 'utf8')) as Config;
  config.global = { ...config.global, scrape_interval: '1s', evaluation_interval: '1s' };
  config.scrape_configs = config.scrape_configs.map(({ dns_sd_configs: _dns, ...scrape }) => ({
    ...scrape,
    static_configs: [{ targets: [targets[scrape.job_name]!] }],
  }));
  await writeFile(join(dir, 'prometheus.yml'), stringify(config));
  for (const file of config.rule_files) {
    const rules = await readFile(join(PROMETHEUS_DIR, file), 'utf8');
    await writeFile(join(dir, file), rules.replaceAll(/^( *interval:) .*$/gm, '$1 1s'));
  }
}
