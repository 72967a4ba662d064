import { Injectable } from '@nestjs/common';
import {
  EnrichmentClient,
  IngestClient,
  PublishingClient,
  type StageClient,
  type StageName,
} from '@wireroom/contracts';
import { ConsoleEnv } from '../console.env.js';

/** The stages' own HTTP: the only way by which the console acts on them. */
@Injectable()
export class StageClients {
  readonly ingest: IngestClient;
  readonly enrichment: EnrichmentClient;
  readonly publishing: PublishingClient;

  constructor({ INGEST_URL, ENRICHMENT_URL, PUBLISHING_URL, OPS_TOKEN: token }: ConsoleEnv) {
    this.ingest = new IngestClient(INGEST_URL, { token });
    this.enrichment = new EnrichmentClient(ENRICHMENT_URL, { token });
    this.publishing = new PublishingClient(PUBLISHING_URL, { token });
  }

  of(stage: StageName): StageClient {
    return this[stage];
  }
}
