import { ServiceEnv, int, list } from '@wireroom/platform';
import { IsArray, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';

export class IngestEnv extends ServiceEnv {
  /** Largest original taken in, bytes. MongoDB's document limit of 16 MB is the ceiling. */
  @int()
  @IsInt()
  @Min(1024)
  @Max(15 * 1024 * 1024)
  INGEST_MAX_BODY_BYTES: number = 10 * 1024 * 1024;

  /** Submissions being stored at once; more are answered 429. */
  @int()
  @IsInt()
  @Min(1)
  INGEST_MAX_IN_FLIGHT: number = 2000;

  /** Submissions a second one source may make over HTTP on this instance; 0 is no limit. */
  @int()
  @IsInt()
  @Min(0)
  INGEST_RATE_PER_SOURCE: number = 0;

  /** How long an Idempotency-Key and a duplicate's record are remembered, seconds. */
  @int()
  @IsInt()
  @Min(60)
  INGEST_REMEMBER_SECONDS: number = 7 * 24 * 60 * 60;

  /** A YAML or JSON file of sources, applied at every start. */
  @IsOptional()
  @IsString()
  SOURCES_FILE?: string;

  /** Folders that sources may read files from, absolute paths, comma-separated; none by default. */
  @list()
  @IsArray()
  @Matches(/^\//, { each: true, message: 'SOURCES_FOLDERS must be absolute paths, comma-separated' })
  SOURCES_FOLDERS: string[] = [];

  /** Sources this instance polls at once; 0 polls none here. */
  @int()
  @IsInt()
  @Min(0)
  @Max(256)
  SOURCES_CONCURRENCY: number = 16;

  /** How long a source's ledger of fetches is kept, days. */
  @int()
  @IsInt()
  @Min(1)
  @Max(3650)
  SOURCES_KEEP_FETCHES_DAYS: number = 14;

  /** Folder of site rules, by which pages that changed are compared; the same as enrichment has. */
  @IsOptional()
  @IsString()
  RULES_DIR?: string;

  /** Private addresses that may be fetched, each `target`, `target:port` or `target:*`, comma-separated. */
  @list()
  @IsArray()
  @IsString({ each: true })
  FETCH_ALLOW: string[] = [];

  /** Where publishers can complain, an http(s) or mailto address; sent with every request. */
  @IsOptional()
  @IsString()
  FETCH_CONTACT?: string;

  /**
   * Where WebSub hubs reach this service, with the slash at its end: `https://wire.example/v1/websub/`. Without it no
   * hub is followed and sources are polled only.
   */
  @IsOptional()
  @Matches(/^https?:\/\/\S+\/$/, { message: 'WEBSUB_CALLBACK_URL must be an http(s) address that ends with a slash' })
  WEBSUB_CALLBACK_URL?: string;

  /** Requests to one host at once. */
  @int()
  @IsInt()
  @Min(1)
  @Max(16)
  FETCH_HOST_CONCURRENCY: number = 2;
}
