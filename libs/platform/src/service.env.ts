import { ArrayNotEmpty, IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, MinLength } from 'class-validator';
import { int, list } from './load-env.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);

/** What every service needs to know. */
export class ServiceEnv {
  @list()
  @ArrayNotEmpty()
  @IsString({ each: true })
  KAFKA_BROKERS!: string[];

  /** Without a database name; each stage has its own, `wireroom_<stage>`. */
  @Matches(/^mongodb(\+srv)?:\/\//, { message: 'MONGODB_URI must start with mongodb:// or mongodb+srv://' })
  MONGODB_URI!: string;

  /** Prefix of the databases and consumer groups, so that several lines can share servers. */
  @Matches(/^[a-z][a-z0-9_-]{0,30}$/, { message: 'WIREROOM_NAMESPACE must be lower-case letters, digits, "_" and "-"' })
  WIREROOM_NAMESPACE: string = 'wireroom';

  @int()
  @IsInt()
  @Min(0)
  @Max(65535)
  PORT: number = 0;

  @IsString()
  HOST: string = '127.0.0.1';

  @IsIn(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
  LOG_LEVEL: string = 'info';

  /** Bearer token of the operators' routes; needed when the service listens beyond this machine. */
  @IsOptional()
  @IsString()
  @MinLength(16)
  OPS_TOKEN?: string;

  /** How long a stop may take before the process gives up waiting, milliseconds. */
  @int()
  @IsInt()
  @Min(1000)
  SHUTDOWN_GRACE_MS: number = 20_000;

  @int()
  @IsInt()
  @Min(6000)
  KAFKA_SESSION_TIMEOUT_MS: number = 30_000;

  /** Messages handled, stored and sent together at most. */
  @int()
  @IsInt()
  @Min(1)
  @Max(2000)
  STAGE_BATCH_MAX: number = 256;

  /** Deliveries of a message that fails for someone else's reason before it becomes a dead letter. */
  @int()
  @IsInt()
  @Min(1)
  @Max(100)
  STAGE_MAX_ATTEMPTS: number = 5;

  /** How old an unsaid document must be before the sweeper says it, milliseconds. */
  @int()
  @IsInt()
  @Min(100)
  SWEEP_AFTER_MS: number = 5000;

  /** A collector to which traces are sent by OTLP/HTTP, such as http://collector:4318; none are sent without it. */
  @IsOptional()
  @Matches(/^https?:\/\//, { message: 'OTEL_EXPORTER_OTLP_ENDPOINT must be an http(s) address' })
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;

  /** Headers for the collector, such as `api-key=secret,other=value`, values percent-encoded. */
  @IsOptional()
  @Matches(/^[^=,]+=[^,]*(,[^=,]+=[^,]*)*$/, {
    message: 'OTEL_EXPORTER_OTLP_HEADERS must be name=value pairs with commas between them',
  })
  OTEL_EXPORTER_OTLP_HEADERS?: string;

  /** Tests only: the point at which this process kills itself. */
  @IsOptional()
  @IsIn(['before-persist', 'amid-persist', 'after-persist', 'after-produce', 'after-mark'])
  WIREROOM_CRASH_AT?: CrashPoint;

  /** Tests only: a planted bug that the fault tests must catch. */
  @IsOptional()
  @IsIn(['commit-before-persist', 'mark-before-ack'])
  WIREROOM_PLANT_BUG?: PlantedBug;

  get opsNeedToken(): boolean {
    return this.OPS_TOKEN !== undefined || !LOOPBACK.has(this.HOST);
  }
}

export type CrashPoint = 'before-persist' | 'amid-persist' | 'after-persist' | 'after-produce' | 'after-mark';
export type PlantedBug = 'commit-before-persist' | 'mark-before-ack';
