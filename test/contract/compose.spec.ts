import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Ajv } from 'ajv';
import { SERVICE_NODE_ARGS } from '@wireroom/backends';
import { parse } from 'yaml';

interface ComposeService {
  image: string;
  profiles?: string[];
  command?: string[];
  container_name?: string;
  ports?: string[];
  expose?: string[];
  volumes?: string[];
  environment?: Record<string, string | number>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: string[] };
}

interface Compose {
  services: Record<string, ComposeService>;
  volumes: Record<string, unknown>;
}

interface Prometheus {
  scrape_configs: { job_name: string; dns_sd_configs: { names: string[]; port: number }[] }[];
}

interface AlertRules {
  groups: { rules: { alert: string }[] }[];
}

interface AlertTests {
  tests: { alert_rule_test: { alertname: string; exp_alerts: object[] }[] }[];
}

interface Dashboard {
  panels: { datasource?: { uid: string } }[];
}

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const compose = parse(read('docker-compose.yml'), { merge: true }) as Compose;
const services = Object.entries(compose.services);
const OURS = ['ingest', 'enrichment', 'publishing', 'console'];
const portOf = (service: string): number => Number(compose.services[service]?.environment?.['PORT']);

/** The part of the Compose Specification that this file uses, closed: an unknown or misspelt key is a fault. */
const composeSchema = (() => {
  const duration = { type: 'string', pattern: '^(\\d+(h|m|s|ms|us))+$' };
  const strings = { type: 'array', items: { type: 'string' }, uniqueItems: true };
  const environment = {
    type: 'object',
    propertyNames: { pattern: '^[A-Z][A-Z0-9_]*$' },
    // Not every version of Compose takes a bare boolean here.
    additionalProperties: { type: ['string', 'number'] },
  };
  const healthcheck = {
    type: 'object',
    additionalProperties: false,
    required: ['test'],
    properties: {
      test: {
        type: 'array',
        items: [{ enum: ['CMD', 'CMD-SHELL'] }],
        additionalItems: { type: 'string' },
        minItems: 2,
      },
      interval: duration,
      timeout: duration,
      retries: { type: 'integer', minimum: 1 },
      start_period: duration,
      start_interval: duration,
    },
  };
  const dependsOn = {
    type: 'object',
    additionalProperties: {
      type: 'object',
      additionalProperties: false,
      required: ['condition'],
      properties: { condition: { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] } },
    },
  };
  const limits = {
    type: 'object',
    additionalProperties: false,
    properties: { memory: { type: 'string', pattern: '^\\d+[bkmg]$' }, cpus: { type: 'string' } },
  };
  const deploy = {
    type: 'object',
    additionalProperties: false,
    properties: {
      resources: { type: 'object', additionalProperties: false, properties: { limits, reservations: limits } },
    },
  };
  const logging = {
    type: 'object',
    additionalProperties: false,
    required: ['driver'],
    properties: {
      driver: { type: 'string' },
      options: { type: 'object', additionalProperties: { type: 'string' } },
    },
  };
  const service = {
    type: 'object',
    additionalProperties: false,
    required: ['image', 'restart', 'logging', 'deploy'],
    properties: {
      image: { type: 'string' },
      build: { type: 'string' },
      profiles: strings,
      command: { type: 'array', items: { type: 'string' } },
      init: { type: 'boolean' },
      restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
      stop_grace_period: duration,
      read_only: { type: 'boolean' },
      tmpfs: strings,
      cap_drop: strings,
      security_opt: strings,
      logging,
      ports: strings,
      expose: strings,
      volumes: strings,
      environment,
      depends_on: dependsOn,
      deploy,
      healthcheck,
    },
  };
  return {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'services'],
    patternProperties: { '^x-': {} },
    properties: {
      name: { type: 'string', pattern: '^[a-z0-9][a-z0-9_-]*$' },
      services: {
        type: 'object',
        propertyNames: { pattern: '^[a-zA-Z0-9._-]+$' },
        additionalProperties: service,
      },
      volumes: { type: 'object', additionalProperties: { type: ['object', 'null'] } },
    },
  };
})();

describe('docker-compose.yml', () => {
  it('keeps to the Compose Specification', () => {
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true, strictTuples: false }).compile(composeSchema);
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
  });

  const hasCompose = spawnSync('docker', ['compose', 'version']).status === 0;
  (hasCompose ? it : it.skip)('is accepted by docker compose config', () => {
    const { status, stderr } = spawnSync(
      'docker',
      ['compose', '--profile', 'observability', '-f', join(ROOT, 'docker-compose.yml'), 'config', '-q'],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('pins every image to a version', () => {
    const loose = services.filter(([, service]) => !/^[a-z0-9/-]+:(\$\{\w+:-)?v?\d+\.\d+\.\d+\}?$/.test(service.image));
    expect(loose.map(([name, { image }]) => `${name}: ${image}`)).toEqual([]);
  });

  it('runs the pipeline by default and the observability tools on request', () => {
    const profileOf = (wanted: string | undefined) =>
      services.filter(([, { profiles }]) => profiles?.[0] === wanted).map(([name]) => name);
    expect(profileOf(undefined).toSorted()).toEqual([
      'console',
      'enrichment',
      'ingest',
      'kafka',
      'mongo',
      'publishing',
    ]);
    expect(profileOf('observability').toSorted()).toEqual(['grafana', 'kafka-ui', 'prometheus']);
  });

  it('publishes ports on the loopback interface alone, each once', () => {
    const ports = services.flatMap(([, service]) => service.ports ?? []);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);

    const hostPorts = ports.map((port) => /\$\{\w+:-(\d+)\}/.exec(port)?.[1]);
    expect(hostPorts).not.toContain(undefined);
    expect(new Set(hostPorts).size).toBe(hostPorts.length);
  });

  it('depends only on services and volumes that exist', () => {
    const unknownServices = services.flatMap(([, { depends_on = {} }]) =>
      Object.entries(depends_on).filter(([name]) => !(name in compose.services)),
    );
    const sources = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    const missing = sources.filter((source) =>
      source.startsWith('./') ? !existsSync(join(ROOT, source)) : !(source in compose.volumes),
    );
    expect(unknownServices).toEqual([]);
    expect(missing).toEqual([]);
    expect(Object.keys(compose.volumes).filter((volume) => !sources.includes(volume))).toEqual([]);
  });

  it('waits for health only where a health check is defined', () => {
    const blind = services.flatMap(([, { depends_on = {} }]) =>
      Object.entries(depends_on)
        .filter(([, { condition }]) => condition === 'service_healthy')
        .filter(([name]) => !compose.services[name]?.healthcheck)
        .map(([name]) => name),
    );
    expect(blind).toEqual([]);
  });

  it('can run many copies of enrichment', () => {
    const enrichment = compose.services['enrichment'];
    expect(enrichment?.ports).toBeUndefined();
    expect(enrichment?.container_name).toBeUndefined();
    expect(enrichment?.expose).toEqual([String(portOf('enrichment'))]);
  });

  it.each(OURS)('tells %s which service it is and where everything is', (name) => {
    const service = compose.services[name];
    expect(service?.command).toEqual([name]);
    expect(existsSync(join(ROOT, 'apps', name))).toBe(true);
    expect(service?.environment).toMatchObject({
      HOST: '0.0.0.0',
      KAFKA_BROKERS: 'kafka:9092',
      MONGODB_URI: expect.stringMatching(/^mongodb:\/\/mongo:27017\/.*replicaSet=rs0/),
      PORT: expect.any(Number),
    });
  });

  it.each(['ingest', 'enrichment', 'publishing'])(
    'lets %s send its traces to a collector named from outside',
    (name) => {
      expect(compose.services[name]?.environment).toMatchObject({
        OTEL_EXPORTER_OTLP_ENDPOINT: '${OTEL_EXPORTER_OTLP_ENDPOINT:-}',
        OTEL_EXPORTER_OTLP_HEADERS: '${OTEL_EXPORTER_OTLP_HEADERS:-}',
      });
    },
  );

  it('sends enrichment to the port on which ingest listens', () => {
    expect(compose.services['enrichment']?.environment?.['INGEST_URL']).toBe(`http://ingest:${portOf('ingest')}`);
  });

  it.each(['ingest', 'enrichment', 'publishing'])('tells the console where %s is', (name) => {
    const address = `http://${name}:${portOf(name)}`;
    expect(compose.services['console']?.environment?.[`${name.toUpperCase()}_URL`]).toBe(address);
  });

  it('leaves topic creation to the services', () => {
    expect(compose.services['kafka']?.environment?.['KAFKA_AUTO_CREATE_TOPICS_ENABLE']).toBe('false');
  });

  it('initiates the replica set that the services ask for', () => {
    const mongo = compose.services['mongo'];
    expect(mongo?.command?.join(' ')).toContain('--replSet rs0');
    expect(mongo?.healthcheck?.test.at(-1)).toMatch(/rs\.initiate\(\{ _id: 'rs0'.*host: 'mongo:27017'/);
  });
});

describe('Dockerfile', () => {
  const instructions = read('Dockerfile')
    .split('\n')
    .filter((line) => /^[A-Z]+ /.test(line));
  const lastStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));

  it('builds every stage on one pinned base', () => {
    const stages = instructions.flatMap((line) => /^FROM \S+ AS (\S+)$/.exec(line)?.[1] ?? []);
    const foreign = instructions
      .flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? [])
      .filter((base) => !stages.includes(base));
    expect(foreign).toEqual(['node:20-bookworm-slim']);
  });

  it('runs as a user other than root', () => {
    expect(lastStage.findLast((line) => line.startsWith('USER '))).toBe('USER node');
  });

  it('starts the service its argument names', () => {
    const [, entrypoint] = /^ENTRYPOINT (\[.*\])$/.exec(lastStage.at(-2) ?? '') ?? [];
    const command = `exec node --enable-source-maps ${SERVICE_NODE_ARGS.join(' ')} "apps/$0/dist/main.js"`;
    expect(JSON.parse(entrypoint ?? '[]')).toEqual(['/bin/sh', '-c', command]);
    expect(lastStage.at(-1)).toBe('CMD ["ingest"]');
  });
});

describe('ops', () => {
  it('scrapes each service on the port it listens on, every copy of it', () => {
    const { scrape_configs } = parse(read('ops/prometheus/prometheus.yml')) as Prometheus;
    const targets = scrape_configs.map(({ job_name, dns_sd_configs: [sd] }) => [job_name, sd?.names, sd?.port]);
    expect(targets).toEqual(OURS.map((name) => [name, [name], portOf(name)]));
  });

  it('has a case for every alert that raises it', () => {
    const { groups } = parse(read('ops/prometheus/alerts.yml')) as AlertRules;
    const { tests } = parse(read('ops/prometheus/alerts.test.yml')) as AlertTests;
    const raised = tests.flatMap(({ alert_rule_test: cases }) =>
      cases.filter(({ exp_alerts }) => exp_alerts.length > 0).map(({ alertname }) => alertname),
    );
    const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert));
    expect(alerts.length).toBeGreaterThan(0);
    expect(alerts.filter((alert) => !raised.includes(alert))).toEqual([]);
  });

  const dashboard = JSON.parse(read('ops/grafana/dashboards/wireroom.json')) as Dashboard;

  it('reads from the provisioned data source', () => {
    const { datasources } = parse(read('ops/grafana/provisioning/datasources/prometheus.yml')) as {
      datasources: { uid: string }[];
    };
    const uids = new Set(dashboard.panels.flatMap(({ datasource }) => datasource?.uid ?? []));
    expect([...uids]).toEqual(datasources.map(({ uid }) => uid));
  });

  it('loads dashboards from where they are mounted', () => {
    const { providers } = parse(read('ops/grafana/provisioning/dashboards/wireroom.yml')) as {
      providers: { options: { path: string } }[];
    };
    const mounts = compose.services['grafana']?.volumes?.map((volume) => volume.split(':').slice(0, 2));
    expect(mounts).toContainEqual(['./ops/grafana/dashboards', providers[0]?.options.path]);
  });
});
