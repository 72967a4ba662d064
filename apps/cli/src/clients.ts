import {
  type CallFailed,
  EnrichmentClient,
  IngestClient,
  PublishingClient,
  STAGES,
  type StageClient,
  type StageName,
} from '@wireroom/contracts';
import { CliError, EXIT, type ExitCode } from './exit-codes.js';
import { type State, readState } from './system/state.js';

/** The services of a running Wireroom. */
export interface Clients {
  ingest: IngestClient;
  enrichment: EnrichmentClient;
  publishing: PublishingClient;
}

export interface Addresses {
  urls: Record<StageName, string>;
  opsToken?: string;
}

/**
 * Where the services answer: WIREROOM_INGEST_URL, _ENRICHMENT_URL and _PUBLISHING_URL with OPS_TOKEN, or else
 * what `wireroom up` left in the data folder.
 *
 * @throws CliError `unreachable` when neither says where one of them is.
 */
export async function findAddresses(dir: string): Promise<Addresses> {
  const state = await readState(dir);
  const urls = Object.fromEntries(STAGES.map((stage) => [stage, addressOf(stage, state)])) as Addresses['urls'];
  const missing = STAGES.filter((stage) => urls[stage] === '');
  if (missing.length > 0) {
    throw new CliError(
      EXIT.unreachable,
      `no Wireroom runs from ${dir}: start one with "wireroom up", or set ${missing.map(variableOf).join(', ')}`,
    );
  }
  return { urls, opsToken: process.env['OPS_TOKEN'] || state?.opsToken };
}

export function clientsFor({ urls, opsToken: token }: Addresses): Clients {
  return {
    ingest: new IngestClient(urls.ingest, { token }),
    enrichment: new EnrichmentClient(urls.enrichment, { token }),
    publishing: new PublishingClient(urls.publishing, { token }),
  };
}

export async function findClients(dir: string): Promise<Clients> {
  return clientsFor(await findAddresses(dir));
}

/** All stages, in the order of the line; or the one asked for. */
export function stagesOf(clients: Clients, only?: StageName): [StageName, StageClient][] {
  return STAGES.filter((stage) => only === undefined || stage === only).map((stage) => [stage, clients[stage]]);
}

/** A failed call in one sentence with the exit code it stands for. */
export function callFailure(error: CallFailed): CliError {
  const { status, code, message } = error;
  if (status === 0) return new CliError(EXIT.unreachable, `${message}: is it running?`, { cause: error });
  if (status === 401) {
    return new CliError(EXIT.failed, 'the operators’ token was refused: set OPS_TOKEN', { cause: error });
  }
  return new CliError(EXIT_OF_STATUS[status] ?? EXIT.failed, `${message} (${status} ${code})`, { cause: error });
}

const EXIT_OF_STATUS: Record<number, ExitCode> = {
  400: EXIT.usage,
  404: EXIT.notFound,
  503: EXIT.unreachable,
};

function addressOf(stage: StageName, state: State | undefined): string {
  return process.env[variableOf(stage)] || state?.run?.services[stage].url || '';
}

function variableOf(stage: StageName): string {
  return `WIREROOM_${stage.toUpperCase()}_URL`;
}
