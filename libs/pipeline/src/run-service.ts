import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { StageName } from '@wireroom/contracts';
import { EnvError, type Logger, NestLog, type ServiceEnv, createLogger, loadEnv } from '@wireroom/platform';
import { type RequestHandler, json } from 'express';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { FailureFilter } from './http-failure.js';
import type { StageOptions } from './stage.module.js';
import { StageTransport } from './stage-transport.js';

const EXIT_ENV = 78;
const EXIT_FAILED = 1;
const OPS_BODY_LIMIT = '1mb';

export interface ServiceParts<TEnv extends ServiceEnv> {
  stage: StageName;
  env: new () => TEnv;
  /** The service's root module, given what the stage module needs. */
  module: (
    basics: Pick<StageOptions, 'stage' | 'env' | 'logger'> & { env: TEnv },
  ) => Parameters<typeof NestFactory.create>[0];
  /** Routes that read their body in a way of their own, before JSON bodies are read. */
  bodies?: (env: TEnv) => [path: string, handler: RequestHandler][];
}

/**
 * Boots a service: environment, module, HTTP, consumer; and stops it in order on SIGTERM or SIGINT: intake,
 * consumer (what is under way is finished and committed), producer, database; then exits 0.
 */
export async function runService<TEnv extends ServiceEnv>(parts: ServiceParts<TEnv>): Promise<void> {
  const env = readEnv(parts.env);
  const logger = createLogger(parts.stage, env.LOG_LEVEL);
  exitOnUnhandled(logger);
  if (env.opsNeedToken && env.OPS_TOKEN === undefined) {
    logger.warn('listening beyond this machine without OPS_TOKEN: the operators’ routes refuse everyone');
  }

  const app = await createApp(parts, env, logger).catch((error: unknown) => {
    logger.fatal({ err: error }, 'could not start');
    return process.exit(EXIT_FAILED);
  });
  stopOnSignal(app, env, logger);
  app.connectMicroservice({ strategy: app.get(StageTransport) });
  await app.startAllMicroservices();
  await app.listen(env.PORT, env.HOST);
  logger.info({ url: await app.getUrl() }, 'listening');
}

async function createApp<TEnv extends ServiceEnv>(
  parts: ServiceParts<TEnv>,
  env: TEnv,
  logger: Logger,
): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(parts.module({ stage: parts.stage, env, logger }), {
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
  app.use(json({ limit: OPS_BODY_LIMIT }));
  app.useGlobalFilters(new FailureFilter(logger));
  SwaggerModule.setup('docs', app, await openApiOf(parts.stage), { jsonDocumentUrl: 'docs/openapi.json' });
  return app;
}

type OpenApi = Parameters<typeof SwaggerModule.setup>[2];

async function openApiOf(stage: StageName): Promise<OpenApi> {
  const path = createRequire(import.meta.url).resolve(`@wireroom/contracts/generated/openapi.${stage}.json`);
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
