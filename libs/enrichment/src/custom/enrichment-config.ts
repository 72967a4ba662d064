import { ContractViolation, NestedList, STEP_NAME, validate } from '@wireroom/contracts';
import { IsArray, IsIn, IsInt, IsString, IsUrl, Matches, Max, MaxLength, Min, ArrayMaxSize } from 'class-validator';
import { createJiti } from 'jiti';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { STEPS } from '../chain.js';
import { CLUSTER_STEP } from '../cluster/cluster-step.js';

/** A step of one's own that runs in the worker processes, after the built-in ones. */
export class ModuleStepConfig {
  /** Path from the configuration, or the name of a package; its default export is an `EnrichmentStep`. */
  @IsString() @MaxLength(1000) module!: string;
}

/** A step that is someone else's server. Times in milliseconds. */
export class HttpStepConfig {
  @Matches(STEP_NAME, { message: 'name must be lower-case words joined by hyphens' })
  @MaxLength(100)
  @IsString()
  name!: string;

  /** For the explain record. */
  @IsString() @MaxLength(40) version: string = '1';
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }) url!: string;
  /** For one article with all tries, once its turn has come. */
  @IsInt() @Min(10) @Max(60_000) deadlineMs: number = 2000;
  /** Tries beyond the first where the server did not answer or said that it can't just now. */
  @IsInt() @Min(0) @Max(10) retries: number = 1;
  /** Calls at once. */
  @IsInt() @Min(1) @Max(1000) concurrency: number = 8;
  /** After so many failures in a row the server is left alone for `restMs`. */
  @IsInt() @Min(1) @Max(1000) failuresToOpen: number = 5;
  @IsInt() @Min(10) @Max(600_000) restMs: number = 10_000;
  /** Answers kept for articles that come again. */
  @IsInt() @Min(0) @Max(100_000) cached: number = 1000;
}

/** What `wireroom.config` may say of the enrichment. */
export class EnrichmentConfig {
  /** Names of built-in steps that are not to run. */
  @IsArray() @ArrayMaxSize(100) @IsString({ each: true }) off: string[] = [];
  /** `accurate` has an encoder and a recognizer look at names too, which `npm run entities:install` brings. */
  @IsIn(['default', 'accurate']) entities: 'default' | 'accurate' = 'default';
  @NestedList(() => ModuleStepConfig, 50) modules: ModuleStepConfig[] = [];
  @NestedList(() => HttpStepConfig, 50) http: HttpStepConfig[] = [];
}

/** The settings there are: of the configuration itself, and of one entry of its lists. */
const SETTINGS: Record<string, string[]> = {
  '': Object.keys(new EnrichmentConfig()),
  modules: ['module'],
  http: [...new Set(['name', 'url', ...Object.keys(new HttpStepConfig())])],
};

/** A configuration that can't be used. */
export class ConfigError extends Error {
  constructor(path: string, reason: string, options?: ErrorOptions) {
    super(`${path}: ${reason}`, options);
    this.name = 'ConfigError';
  }
}

const NAMES = ['wireroom.config.ts', 'wireroom.config.mjs', 'wireroom.config.js', 'wireroom.config.json'];

/** The configuration a service runs with: the file that is named, or else a `wireroom.config` where it was started. */
export function findConfig(named: string | undefined, dir: string): string | undefined {
  if (named !== undefined) return resolve(dir, named);
  return NAMES.map((name) => resolve(dir, name)).find((path) => existsSync(path));
}

/** Reads a configuration: JSON, or a JavaScript or TypeScript module with a default export. @throws ConfigError */
export async function readConfig(path: string): Promise<EnrichmentConfig> {
  if (!existsSync(path)) throw new ConfigError(path, 'there is no such file');
  try {
    const value: unknown = path.endsWith('.json')
      ? JSON.parse(await readFile(path, 'utf8'))
      : await importDefault(path, path);
    const config = withDefaults(validate(EnrichmentConfig, value));
    const unknown = config.off.find((name) => !BUILT_IN.includes(name));
    if (unknown !== undefined) throw new Error(`off: there is no step ${unknown}; there are ${BUILT_IN.join(', ')}`);
    return config;
  } catch (cause) {
    throw new ConfigError(path, reasonOf(cause), { cause });
  }
}

/** The default export of a module as a file sees it, TypeScript too; no copy is kept where others may write. */
export function importDefault<T>(file: string, module: string): Promise<T> {
  return createJiti(file, { fsCache: false }).import<T>(module, { default: true });
}

/** In one line; a setting that is not known is told with those that are. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof ContractViolation)) return inOneLine(cause);
  return cause.faults
    .map(({ field, reason }) => `${field}: ${isUnknown(reason) ? namesBeside(field) : reason}`)
    .join('; ');
}

function isUnknown(reason: string): boolean {
  return reason.endsWith('should not exist');
}

function namesBeside(field: string): string {
  const [list = ''] = /^(?:modules|http)(?=\[)/.exec(field) ?? [];
  return `there is no such setting; there are ${SETTINGS[list]!.join(', ')}`;
}

/** An error's message without line breaks, as it stands in a line of the log. */
export function inOneLine(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, ' ');
}

/** What is not said of the enrichment and of its servers is as the classes have it: `validate` hands back what was said. */
function withDefaults(said: Partial<EnrichmentConfig>): EnrichmentConfig {
  const config = Object.assign(new EnrichmentConfig(), said);
  config.http = config.http.map((one) => Object.assign(new HttpStepConfig(), one));
  return config;
}

/** Every step that Wireroom brings along, in the order they run. */
export const BUILT_IN: readonly string[] = [...STEPS.map(({ name }) => name), CLUSTER_STEP.name];
