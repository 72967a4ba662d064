import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { ServiceName, StageName } from '@wireroom/contracts';
import { EnvError, type Logger, NestLog, type ServiceEnv, createLogger, loadEnv } from '@wireroom/platform';
import { type RequestHandler, json } from 'express';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { FailureFilter } from './http-failure.js';
import type { StageOptions } from './stage.module.js';
import { StageTransport } from './stage-transport.js';

const EXIT_ENV = 78;
const EXIT_FAILED = 1;
const JSON_LIMIT = '1mb';
/** An edited dead letter carries a whole message in base64. */
const MESSAGE_LIMIT = '4mb';

type RootModule = Parameters<typeof NestFactory.create>[0];

export interface HttpServiceParts<TEnv extends ServiceEnv> {
  name: ServiceName;
  env: new () => TEnv;
  /** The service's root module. */
  module: (basics: { env: TEnv; logger: Logger }) => RootModule;
  /** Routes that read their body in a way of their own, before JSON bodies are read. */
  bodies?: (env: TEnv) => [path: string, handler: RequestHandler][];
  /** Largest JSON body, 1 MB where nothing is said. */
  jsonLimit?: string;
}

export interface ServiceParts<TEnv extends ServiceEnv> extends Omit<HttpServiceParts<TEnv>, 'name' | 'module'> {
  stage: StageName;
  /** The service's root module, given what the stage module needs. */
  module: (basics: Pick<StageOptions, 'stage' | 'env' | 'logger'> & { env: TEnv }) => RootModule;
}

/** A service that is made and not started. */
interface MadeService {
  app: NestExpressApplication;
  env: ServiceEnv;
  logger: Logger;
}

/**
 * Boots a stage: environment, module, HTTP, consumer; and stops it in order on SIGTERM or SIGINT: intake,
 * consumer (what is under way is finished and committed), producer, database; then exits 0.
 */
export async function runService<TEnv extends ServiceEnv>({
  stage,
  module,
  ...parts
}: ServiceParts<TEnv>): Promise<void> {
  const service = await makeService({ ...parts, name: stage, module: (basics) => module({ stage, ...basics }) });
  service.app.connectMicroservice({ strategy: service.app.get(StageTransport) });
  await service.app.startAllMicroservices();
  await listen(service);
}

/** Boots a service that answers over HTTP and consumes nothing; stops it in order on SIGTERM or SIGINT. */
export async function runHttpService<TEnv extends ServiceEnv>(parts: HttpServiceParts<TEnv>): Promise<void> {
  await listen(await makeService(parts));
}

async function makeService<TEnv extends ServiceEnv>(parts: HttpServiceParts<TEnv>): Promise<MadeService> {
  const env = readEnv(parts.env);
  const logger = createLogger(parts.name, env.LOG_LEVEL);
  exitOnUnhandled(logger);
  if (env.opsNeedToken && env.OPS_TOKEN === undefined) {
    logger.warn('listening beyond this machine without OPS_TOKEN: the operators’ routes refuse everyone');
  }
  const app = await createApp(parts, env, logger).catch((error: unknown) => {
    logger.fatal({ err: error }, 'could not start');
    return process.exit(EXIT_FAILED);
  });
  stopOnSignal(app, env, logger);
  return { app, env, logger };
}

async function listen({ app, env, logger }: MadeService): Promise<void> {
  await app.listen(env.PORT, env.HOST);
  logger.info({ url: await app.getUrl() }, 'listening');
}

async function createApp<TEnv extends ServiceEnv>(
  parts: HttpServiceParts<TEnv>,
  env: TEnv,
  logger: Logger,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(parts.module({ env, logger }), {
    logger: new NestLog(logger),
    bodyParser: false,
    abortOnError: false,
    forceCloseConnections: true,
  });
  app.disable('x-powered-by');
  app.use(((_request, response, next) => {
    response.setHeader('x-content-type-options', 'nosniff');
    next();
  }) satisfies RequestHandler);
  for (const [path, handler] of parts.bodies?.(env) ?? []) app.use(path, handler);
  app.use('/v1/ops/dead-letters', json({ limit: MESSAGE_LIMIT }));
  app.use(json({ limit: parts.jsonLimit ?? JSON_LIMIT }));
  app.useGlobalFilters(new FailureFilter(logger));
  SwaggerModule.setup('docs', app, await openApiOf(parts.name), { jsonDocumentUrl: 'docs/openapi.json' });
  return app;
}

type OpenApi = Parameters<typeof SwaggerModule.setup>[2];

async function openApiOf(service: ServiceName): Promise<OpenApi> {
  const path = createRequire(import.meta.url).resolve(`@wireroom/contracts/generated/openapi.${service}.json`);
  return JSON.parse(await readFile(path, 'utf8')) as OpenApi;
}

function readEnv<TEnv extends ServiceEnv>(contract: new () => TEnv): TEnv {
  try {
    return loadEnv(contract, process.env);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(EXIT_ENV);
  }
}

function exitOnUnhandled(logger: Logger): void {
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(event, (error: unknown) => {
      logger.fatal({ err: error }, event);
      process.exit(EXIT_FAILED);
    });
  }
}

function stopOnSignal(app: NestExpressApplication, env: ServiceEnv, logger: Logger): void {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.fatal('not stopped within the grace; what was under way will be redone');
      process.exit(EXIT_FAILED);
    }, env.SHUTDOWN_GRACE_MS).unref();
    app.close().then(
      () => {
        logger.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        logger.fatal({ err: error }, 'stop failed');
        process.exit(EXIT_FAILED);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
