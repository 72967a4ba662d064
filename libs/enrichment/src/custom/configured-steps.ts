import { STEP_NAME } from '@wireroom/contracts';
import { STEPS, withAccurateEntities } from '../chain.js';
import { CLUSTER_STEP } from '../cluster/cluster-step.js';
import type { EnrichmentStep } from '../step.js';
import { checked } from './checked-step.js';
import { BUILT_IN, ConfigError, EnrichmentConfig, importDefault, inOneLine, readConfig } from './enrichment-config.js';

/** The steps as they are configured: those of the chain in their order, whether clusters are told, and the servers. */
export interface ConfiguredSteps {
  chain: EnrichmentStep[];
  /** Names of those of the chain that the team has added. */
  own: string[];
  clusters: boolean;
  http: EnrichmentConfig['http'];
}

/** All built-in steps and nothing else. */
export const ALL_STEPS: ConfiguredSteps = configured(new EnrichmentConfig(), []);

const read = new Map<string, Promise<ConfiguredSteps>>();

/**
 * The steps that a configuration asks for; all built-in ones without it. Read once by each process.
 *
 * @throws ConfigError
 */
export function stepsOf(path: string | undefined): Promise<ConfiguredSteps> {
  const key = path ?? '';
  const steps = read.get(key) ?? (path === undefined ? Promise.resolve(ALL_STEPS) : load(path));
  read.set(key, steps);
  return steps;
}

async function load(path: string): Promise<ConfiguredSteps> {
  const config = await readConfig(path);
  const own: EnrichmentStep[] = [];
  for (const [at, { module }] of config.modules.entries()) own.push(await importStep(path, module, moduleField(at)));
  refuseDoubles(path, config, own);
  return configured(config, own, builtInSteps(path, config));
}

/** @throws ConfigError that names the field, and who has the name already */
function refuseDoubles(path: string, { off, http }: EnrichmentConfig, own: readonly EnrichmentStep[]): void {
  const holders = new Map<string, string>();
  for (const name of BUILT_IN.filter((one) => !off.includes(one))) {
    holders.set(name, `one of them built in; off: ['${name}'] makes room for yours`);
  }
  const added = [
    ...own.map(({ name }, at) => ({ name, field: moduleField(at) })),
    ...http.map(({ name }, at) => ({ name, field: `http[${at}].name` })),
  ];
  for (const { name, field } of added) {
    const holder = holders.get(name);
    if (holder !== undefined) throw new ConfigError(path, `${field}: there are two steps named ${name}, ${holder}`);
    holders.set(name, `the other in ${field}`);
  }
}

function moduleField(at: number): string {
  return `modules[${at}].module`;
}

function builtInSteps(path: string, { entities }: EnrichmentConfig): readonly EnrichmentStep[] {
  if (entities === 'default') return STEPS;
  try {
    return withAccurateEntities(STEPS);
  } catch (cause) {
    throw new ConfigError(path, `entities: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

function configured(
  { off, http }: EnrichmentConfig,
  own: readonly EnrichmentStep[],
  builtIn: readonly EnrichmentStep[] = STEPS,
): ConfiguredSteps {
  const chain = [...builtIn.filter(({ name }) => !off.includes(name)), ...own];
  return { chain, own: own.map(({ name }) => name), clusters: !off.includes(CLUSTER_STEP.name), http };
}

async function importStep(path: string, module: string, field: string): Promise<EnrichmentStep> {
  const step = await importDefault<Partial<EnrichmentStep> | undefined>(path, module).catch((cause: unknown) => {
    throw new ConfigError(path, `${field}: ${module} can't be loaded: ${inOneLine(cause)}`, { cause });
  });
  const { name = '', version, run } = step ?? {};
  if (!STEP_NAME.test(name) || typeof version !== 'string' || typeof run !== 'function') {
    throw new ConfigError(path, `${field}: ${module} must export by default a step with name, version and run`);
  }
  return checked(step as EnrichmentStep);
}
