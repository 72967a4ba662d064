import { Injectable } from '@nestjs/common';
import { ContractViolation, type SourceSpec } from '@wireroom/contracts';
import { Fetcher } from '@wireroom/fetching';
import { HttpFailure } from '@wireroom/pipeline';
import { isDeepStrictEqual } from 'node:util';
import { IngestEnv } from '../ingest.env.js';
import { kindOf } from './kinds/kinds.js';
import { isLocalPath } from './kinds/settings.js';
import { localPathFaults } from './local-paths.js';
import type { SourceDocument } from './source.schema.js';
import { SourceStore } from './source.store.js';

/** What may be done to sources, and by whom. */
@Injectable()
export class SourceRegistry {
  constructor(
    private readonly store: SourceStore,
    private readonly env: IngestEnv,
    private readonly fetcher: Fetcher,
  ) {}

  /**
   * Declares a source.
   *
   * @throws ContractViolation naming the fields that don't fit the kind.
   * @throws HttpFailure 409 where one of the name is there with other settings and is not to be replaced.
   */
  async add(spec: SourceSpec, { replace }: { replace: boolean }): Promise<SourceDocument> {
    await this.check(spec);
    const before = await this.store.find(spec.name);
    if (before && isDeepStrictEqual(before.spec, spec)) return before;
    if (before?.declaredBy === 'file') throw managedByFile(spec.name);
    if (before && !replace) {
      throw new HttpFailure(
        409,
        'source-exists',
        `there is a source ${spec.name} with other settings; replace it or take another name`,
      );
    }
    return this.store.declare(spec, 'api');
  }

  /** @throws HttpFailure 404 for a name nobody knows, 409 for a source of the sources file, which would come back. */
  async remove(name: string): Promise<void> {
    const source = await this.find(name);
    if (source.declaredBy === 'file') throw managedByFile(name);
    await this.store.remove(name);
  }

  /** @throws HttpFailure 404 */
  async find(name: string): Promise<SourceDocument> {
    return present(name, await this.store.find(name));
  }

  /** @throws HttpFailure 404 */
  async pause(name: string, reason: string | undefined): Promise<SourceDocument> {
    return present(name, await this.store.pause(name, reason));
  }

  /** @throws HttpFailure 404 */
  async resume(name: string): Promise<SourceDocument> {
    return present(name, await this.store.resume(name));
  }

  /** Checks what the contract alone can't. @throws ContractViolation naming the fields at fault */
  async check(spec: SourceSpec): Promise<void> {
    const faults = [
      ...kindOf(spec.kind).faultsOf(spec),
      ...(isLocalPath(spec.address)
        ? await localPathFaults(spec.address, this.env.SOURCES_FOLDERS)
        : this.webAddressFaults(spec.address)),
      ...boundsFaults(spec),
    ];
    if (faults.length > 0) throw new ContractViolation(faults);
  }

  /** An address that would never be fetched is not stored; where a name leads is judged when it is. */
  private webAddressFaults(address: string): { field: string; reason: string }[] {
    const refusal = this.fetcher.refusalOf(address);
    if (!refusal) return [];
    const remedy = refusal.code === 'fetch-blocked' ? '; private addresses and other ports must be in FETCH_ALLOW' : '';
    return [{ field: 'address', reason: `would not be fetched: ${refusal.reason}${remedy}` }];
  }
}

function boundsFaults({
  minIntervalSeconds: min,
  maxIntervalSeconds: max,
}: SourceSpec): { field: string; reason: string }[] {
  if (min === undefined || max === undefined || min <= max) return [];
  return [{ field: 'maxIntervalSeconds', reason: 'must not be below minIntervalSeconds' }];
}

function present(name: string, source: SourceDocument | undefined): SourceDocument {
  if (!source) throw new HttpFailure(404, 'not-found', `there is no source ${name}`);
  return source;
}

function managedByFile(name: string): HttpFailure {
  return new HttpFailure(409, 'source-in-file', `${name} is declared in the sources file: change it there`);
}
