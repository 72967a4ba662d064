import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ContractViolation, type SourceSpec, SourcesFile, validate } from '@wireroom/contracts';
import { LOGGER } from '@wireroom/pipeline';
import type { Logger } from '@wireroom/platform';
import { readFile } from 'node:fs/promises';
import { YAMLParseError, parse } from 'yaml';
import { IngestEnv } from '../ingest.env.js';
import { SourceRegistry } from './source-registry.js';
import { SourceStore } from './source.store.js';

const GONE_FROM_FILE = 'it is not in the sources file any more';

/** A sources file that can't be applied, with every fault by its field. */
export class SourcesFileError extends Error {
  override readonly name = 'SourcesFileError';

  constructor(path: string, faults: string[]) {
    super(`${path} is not usable:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

/**
 * Applies SOURCES_FILE at every start: each source in it is declared as it says, one that has left it is paused. All
 * or nothing, and the same file again changes nothing.
 */
@Injectable()
export class SourcesFileLoader implements OnModuleInit {
  constructor(
    private readonly store: SourceStore,
    private readonly registry: SourceRegistry,
    private readonly env: IngestEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onModuleInit(): Promise<void> {
    if (this.env.SOURCES_FILE !== undefined) await this.apply(this.env.SOURCES_FILE);
  }

  /** @throws SourcesFileError listing every fault; then nothing was changed. @throws UnavailableError */
  async apply(path: string): Promise<void> {
    const specs = await this.read(path);
    const declared = new Set(specs.map(({ name }) => name));
    for (const spec of specs) await this.declare(spec);
    const gone = (await this.store.namesFromFile()).filter((name) => !declared.has(name));
    for (const name of gone) await this.store.pause(name, GONE_FROM_FILE);
    this.logger.info({ path, sources: specs.length, paused: gone.length }, 'sources file applied');
  }

  private async declare(spec: SourceSpec): Promise<void> {
    const source = await this.store.declare(spec, 'file');
    if (source.pausedBecause === GONE_FROM_FILE) await this.store.resume(spec.name);
  }

  private async read(path: string): Promise<SourceSpec[]> {
    const { sources } = parseSources(path, await readText(path));
    const faults = namesUsedTwice(sources);
    for (const [index, spec] of sources.entries()) {
      const found = await this.registry.check(spec).catch((error: unknown) => faultsOf(error, `sources[${index}].`));
      faults.push(...(found ?? []));
    }
    if (faults.length > 0) throw new SourcesFileError(path, faults);
    return sources;
  }
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new SourcesFileError(path, [`can't be read (${cause.code})`]);
  });
}

/** YAML, of which JSON is a part. */
function parseSources(path: string, text: string): SourcesFile {
  try {
    return validate(SourcesFile, parse(text));
  } catch (error) {
    if (error instanceof YAMLParseError) throw new SourcesFileError(path, [error.message]);
    throw new SourcesFileError(path, faultsOf(error, ''));
  }
}

/** @throws whatever is not about a field */
function faultsOf(error: unknown, prefix: string): string[] {
  if (!(error instanceof ContractViolation)) throw error;
  return error.faults.map(({ field, reason }) => `${prefix}${field}: ${reason}`);
}

function namesUsedTwice(specs: SourceSpec[]): string[] {
  const seen = new Set<string>();
  return specs.flatMap(({ name }, index) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    return [`sources[${index}].name: ${name} is used above already`];
  });
}
