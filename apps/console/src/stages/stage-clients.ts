import { Injectable } from '@nestjs/common';
import {
  EnrichmentClient,
  IngestClient,
  PublishingClient,
  type StageClient,
  type StageName,
} from '@wireroom/contracts';
import { ConsoleEnv } from '../console.env.js';

/** A source is tested for a minute at most. */
const PATIENCE_MS = 75_000;

/** The stages' own HTTP: the only way by which the console acts on them. */
@Injectable()
export class StageClients {
  readonly ingest: IngestClient;
  /** For a call that takes as long as someone else's server does. */
  readonly patientIngest: IngestClient;
  readonly enrichment: EnrichmentClient;
  readonly publishing: PublishingClient;

  constructor({ INGEST_URL, ENRICHMENT_URL, PUBLISHING_URL, OPS_TOKEN: token }: ConsoleEnv) {
    this.ingest = new IngestClient(INGEST_URL, { token });
    this.patientIngest = new IngestClient(INGEST_URL, { token, deadlineMs: PATIENCE_MS });
    this.enrichment = new EnrichmentClient(ENRICHMENT_URL, { token });
    this.publishing = new PublishingClient(PUBLISHING_URL, { token });
  }

  of(stage: StageName): StageClient {
    return this[stage];
  }
}
