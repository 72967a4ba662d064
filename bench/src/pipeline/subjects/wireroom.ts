import type { INestApplication } from '@nestjs/common';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import { ContentReader } from '@wireroom/enrichment-service/dist/content-reader.js';
import { EnrichmentEnv } from '@wireroom/enrichment-service/dist/enrichment.env.js';
import { EnrichmentModule } from '@wireroom/enrichment-service/dist/enrichment.module.js';
import type { ReadAnswer, ReadTask } from '@wireroom/enrichment-service/dist/read-content.js';
import { IngestEnv } from '@wireroom/ingest-service/dist/ingest.env.js';
import { IngestModule } from '@wireroom/ingest-service/dist/ingest.module.js';
import { StageTransport } from '@wireroom/pipeline';
import { NestLog, type ServiceEnv, createLogger, loadEnv } from '@wireroom/platform';
import { PublishingEnv } from '@wireroom/publishing-service/dist/publishing.env.js';
import { PublishingModule } from '@wireroom/publishing-service/dist/publishing.module.js';
import { ReleaseHub } from '@wireroom/publishing-service/dist/release-hub.js';
import { raw } from 'express';
import { readTrivially } from '../items.js';
import type { RunningSubject, SubjectSettings } from '../subject.js';

/**
 * Wireroom's own three services in this process, without what the other pipelines don't do: the page is left unread,
 * and the hub of `/v1/stream`, which hears the last topic for its readers and is no part of the line, doesn't listen.
 */
export function startWireroom(settings: SubjectSettings): Promise<RunningSubject> {
  return start(settings, (service) =>
    service.overrideProvider(ContentReader).useValue({ read: trivialAnswer }).overrideProvider(ReleaseHub).useValue({}),
  );
}

/** Wireroom's own three services in this process, complete. */
export function startWireroomComplete(settings: SubjectSettings): Promise<RunningSubject> {
  return start(settings, (service) => service);
}

async function start(
  settings: SubjectSettings,
  adapt: (service: TestingModuleBuilder) => TestingModuleBuilder,
): Promise<RunningSubject> {
  const { env: ingestEnv, ...ingestBasics } = basicsOf(settings, 'ingest', IngestEnv);
  const ingest = await startService(ingestEnv, build(IngestModule.create({ env: ingestEnv, ...ingestBasics })));
  const url = await ingest.getUrl();

  const enrichmentBasics = basicsOf({ ...settings, ingestUrl: url }, 'enrichment', EnrichmentEnv);
  const publishingBasics = basicsOf(settings, 'publishing', PublishingEnv);
  const others = await Promise.all([
    startService(enrichmentBasics.env, adapt(build(EnrichmentModule.create(enrichmentBasics)))),
    startService(publishingBasics.env, adapt(build(PublishingModule.create(publishingBasics)))),
  ]);
  return { url, stop: async () => void (await Promise.all([ingest, ...others].map((app) => app.close()))) };
}

function basicsOf<TEnv extends ServiceEnv, TStage extends string>(
  { brokers, mongoUri, namespace, ingestUrl }: SubjectSettings & { ingestUrl?: string },
  stage: TStage,
  contract: new () => TEnv,
): { stage: TStage; env: TEnv; logger: ReturnType<typeof createLogger> } {
  const env = loadEnv(contract, {
    KAFKA_BROKERS: brokers.join(','),
    MONGODB_URI: mongoUri,
    WIREROOM_NAMESPACE: namespace,
    LOG_LEVEL: 'error',
    INGEST_URL: ingestUrl,
  });
  return { stage, env, logger: createLogger(stage, env.LOG_LEVEL) };
}

function build(
  module: Parameters<typeof Test.createTestingModule>[0]['imports'] extends (infer T)[] | undefined ? T : never,
): TestingModuleBuilder {
  return Test.createTestingModule({ imports: [module] });
}

async function startService(env: ServiceEnv, builder: TestingModuleBuilder): Promise<INestApplication> {
  const module = await builder.compile();
  const app = module.createNestApplication({
    bodyParser: false,
    logger: new NestLog(createLogger('nest', env.LOG_LEVEL)),
  });
  app.use(raw({ type: 'application/json' }));
  app.connectMicroservice({ strategy: app.get(StageTransport) });
  await app.startAllMicroservices();
  await app.listen(env.PORT, env.HOST);
  return app;
}

function trivialAnswer({ bytes }: ReadTask): ReadAnswer {
  const page = Buffer.from(bytes).toString('utf8');
  return { kind: 'article', charset: 'utf-8', format: 'html', ...readTrivially(page), provenance: [] };
}
