import { ServiceEnv, int } from '@wireroom/platform';
import { IsInt, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';

export class EnrichmentEnv extends ServiceEnv {
  /** Where originals too large for a message are fetched from. */
  @IsUrl({ require_tld: false, protocols: ['http', 'https'] }, { message: 'INGEST_URL must be an http(s) address' })
  INGEST_URL!: string;

  /** Folder of site rules; without it every page is read by the general method alone. */
  @IsOptional()
  @IsString()
  RULES_DIR?: string;

  /** Which steps run, and a team's own; without it a `wireroom.config` where the service was started, if there is one. */
  @IsOptional()
  @IsString()
  ENRICHMENT_CONFIG?: string;

  /** Worker processes that read pages. */
  @int()
  @IsInt()
  @Min(1)
  @Max(64)
  ENRICH_THREADS: number = 2;

  /** Time one item may take in a worker, milliseconds. */
  @int()
  @IsInt()
  @Min(100)
  @Max(120_000)
  ENRICH_DEADLINE_MS: number = 10_000;

  /** Heap one worker may use, megabytes. */
  @int()
  @IsInt()
  @Min(64)
  ENRICH_MAX_HEAP_MB: number = 512;
}
