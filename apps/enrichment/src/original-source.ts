import { Injectable } from '@nestjs/common';
import { CallFailed, type ContentIngestedData, IngestClient } from '@wireroom/contracts';
import { PermanentError, TransientError } from '@wireroom/pipeline';
import { createHash } from 'node:crypto';
import { EnrichmentEnv } from './enrichment.env.js';

/** Where a revision's bytes are: in the event, or at ingest when they are too large for one. */
@Injectable()
export class OriginalSource {
  private readonly ingest: IngestClient;

  constructor(env: EnrichmentEnv) {
    this.ingest = new IngestClient(env.INGEST_URL, { token: env.OPS_TOKEN });
  }

  /**
   * @throws TransientError `original-unavailable` while ingest does not answer.
   * @throws PermanentError `original-mismatch` when the bytes are not those of the event.
   */
  async bytesOf(data: ContentIngestedData): Promise<Uint8Array> {
    if (data.body !== undefined) return Buffer.from(data.body, 'utf8');
    if (data.bodyBase64 !== undefined) return Buffer.from(data.bodyBase64, 'base64');
    if (data.originalBytes === 0) return new Uint8Array();
    const bytes = await this.fetch(data.contentId, data.revision);
    if (createHash('sha256').update(bytes).digest('hex') !== data.originalSha256) {
      throw new PermanentError('original-mismatch', 'ingest holds other bytes than the event says');
    }
    return bytes;
  }

  private async fetch(contentId: string, revision: number): Promise<Uint8Array> {
    try {
      return await this.ingest.original(contentId, revision);
    } catch (cause) {
      if (cause instanceof CallFailed && cause.status === 404)
        throw new PermanentError('original-missing', cause.message, { cause });
      throw new TransientError('original-unavailable', { cause });
    }
  }
}
