import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { waitUntil } from '@wireroom/backends';
import { SERVICES } from '@wireroom/contracts';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
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

describe('a collector of traces', () => {
  it('gets the whole way of an item as one trace', async () => {
    const spans: OtlpSpan[] = [];
    const collector = createServer((request, response) => {
      void text(request).then((body) => {
        spans.push(...spansIn(body));
        response.end('{}');
      });
    }).listen(0, '127.0.0.1');
    await once(collector, 'listening');
    const { port } = collector.address() as AddressInfo;
    const wire = await Wire.start();
    try {
      await wire.startAll({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
      const traceId = randomBytes(16).toString('hex');
      const traceparent = `00-${traceId}-${randomBytes(8).toString('hex')}-01`;
      const { contentId } = await wire.ingest.submit(story('traced'), { traceparent });
      await expect(wire.waitForPublished([contentId])).resolves.toEqual([]);

      const ofItem = (): OtlpSpan[] => spans.filter((span) => span.traceId === traceId);
      const way = (): string[] => {
        const said = ofItem().find(({ name }) => name === 'send content.published.v1');
        return said ? wayTo(said, ofItem()) : [];
      };
      // each service exports its spans in its own time
      await waitUntil(() => way().length === 4, 60_000);
      expect(way()).toEqual([
        'ingest: accept content',
        'enrichment: process content.ingested.v1',
        'publishing: process content.enriched.v1',
        'publishing: send content.published.v1',
      ]);
    } finally {
      await wire.stop();
      collector.close();
    }
  });
});

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

interface OtlpSpan {
  service: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
}

interface OtlpRequest {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue: string } }[] };
    scopeSpans: { spans: Omit<OtlpSpan, 'service'>[] }[];
  }[];
}

function spansIn(body: string): OtlpSpan[] {
  return (JSON.parse(body) as OtlpRequest).resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource.attributes.find(({ key }) => key === 'service.name')!.value.stringValue;
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, service })));
  });
}

/** A span and those it is part of, the outermost first. */
function wayTo(span: OtlpSpan, spans: OtlpSpan[]): string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [...(parent ? wayTo(parent, spans) : []), `${span.service}: ${span.name}`];
}
