import { ServiceEnv, int } from '@wireroom/platform';
import { IsInt, Max, Min } from 'class-validator';

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
}
