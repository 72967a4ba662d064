import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import { SERVICES } from '@wireroom/contracts';
import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PrometheusServer, isPrometheusInstalled, promtool } from './prometheus-server.js';
import { OPS_TOKEN, Wire, story } from './wire.js';

jest.setTimeout(300_000);

const DASHBOARDS = resolve(import.meta.dirname, '../../ops/grafana/dashboards');
const RATES_OVER = '20s';
/** Long enough for rates over that time, and for what is looked at every ten seconds. */
const DATA_WITHIN_MS = 120_000;

interface Panel {
  title: string;
  targets?: { expr: string }[];
}

interface Query {
  what: string;
  query: string;
}

const panels = readdirSync(DASHBOARDS)
  .filter((file) => file.endsWith('.json'))
  .flatMap((file) => (JSON.parse(readFileSync(join(DASHBOARDS, file), 'utf8')) as { panels: Panel[] }).panels)
  .flatMap(({ title, targets = [] }) => targets.map(({ expr }): Query => ({ what: title, query: filledIn(expr) })));

/** A panel's expression as Grafana sends it, all stages chosen. */
function filledIn(expression: string): string {
  return expression.replaceAll('$__rate_interval', RATES_OVER).replaceAll('$stage', '.*');
}

if (isPrometheusInstalled()) describeWithPrometheus();
else {
  describe('what Prometheus and Grafana see', () => {
    it.skip('can’t be tested here: Prometheus is not installed (Debian: apt-get install prometheus)', () => undefined);
  });
}

function describeWithPrometheus(): void {
  describe('the rules of Prometheus', () => {
    it('are sound', async () => {
      await expect(promtool('check', 'rules', 'rules.yml', 'alerts.yml')).resolves.toMatch(/SUCCESS/);
      await expect(promtool('check', 'config', 'prometheus.yml')).resolves.toMatch(/SUCCESS/);
    });

    it('raise the alerts they are for, and only then', async () => {
      await expect(promtool('test', 'rules', 'alerts.test.yml')).resolves.toMatch(/SUCCESS/);
    });
  });

  describe('a Prometheus that scrapes a running line', () => {
    let wire: Wire;
    let prometheus: PrometheusServer;
    const traffic = new AbortController();
    let flowing: Promise<void>;

    beforeAll(async () => {
      wire = await Wire.start();
      await wire.startAll();
      await wire.startService('console', { OPS_TOKEN });
      const targets = SERVICES.map((service) => [service, new URL(wire.urlOf(service)).host]);
      prometheus = await PrometheusServer.start(Object.fromEntries(targets) as Record<string, string>);
      flowing = keepHandingIn(wire, traffic.signal);
    });

    afterAll(async () => {
      traffic.abort();
      await flowing;
      await prometheus?.stop();
      await wire?.stop();
    });

    it('has data for every query of every panel', async () => {
      expect(panels.length).toBeGreaterThan(20);
      await expect(withoutData(prometheus, panels)).resolves.toEqual([]);
    });

    it('has data for what every alert compares', async () => {
      const rules = await prometheus.alertRules();
      expect(rules.map(({ name, health }) => [name, health])).toEqual(rules.map(({ name }) => [name, 'ok']));
      const compared = rules.map(({ name, query }): Query => ({ what: name, query: withoutBound(query) }));
      expect(compared.length).toBeGreaterThan(8);
      await expect(withoutData(prometheus, compared)).resolves.toEqual([]);
    });

    it('sees what the services count', async () => {
      const done = (await wire.enrichment.status()).done;
      await waitUntil(async () => {
        const [sample] = await prometheus.query('wireroom_stage_messages_total{stage="enrichment",outcome="done"}');
        return Number(sample?.value[1]) >= done;
      }, 30_000);
      const up = await prometheus.query('wireroom:up:min');
      expect(up.map(({ metric, value }) => [metric['job'], value[1]]).sort()).toEqual(
        SERVICES.map((service) => [service, '1']).sort(),
      );
    });
  });
}

/** An alert is `series comparison number`; it has no series while all is well. */
function withoutBound(query: string): string {
  const compared = /^(.*\S)\s*[<>]\s*[\d.]+$/.exec(query)?.[1];
  if (compared === undefined) throw new Error(`${query} compares with no number`);
  return compared;
}

/** The queries that have no number to show until the deadline. */
async function withoutData(prometheus: PrometheusServer, queries: Query[]): Promise<Query[]> {
  let missing = queries;
  await waitUntil(
    async () => {
      const results = await Promise.all(
        missing.map(async (one) => ({ one, samples: await prometheus.query(one.query) })),
      );
      missing = results
        .filter(({ samples }) => !samples.some(({ value }) => Number.isFinite(Number(value[1]))))
        .map(({ one }) => one);
      return missing.length === 0;
    },
    DATA_WITHIN_MS,
    1000,
  );
  return missing;
}

/** Sound items by both doors, and now and then one that becomes a dead letter. */
async function keepHandingIn(wire: Wire, signal: AbortSignal): Promise<void> {
  for (let n = 0; !signal.aborted; n++) {
    await wire.ingest.submit(story(`by-http-${n}`));
    await wire.publish(story(`by-topic-${n}`));
    if (n % 3 === 0) await wire.publishRaw(Buffer.from(`{"broken": ${n}`));
    await sleep(500, undefined, { signal }).catch(() => undefined);
  }
}
