import { INGEST_ROUTES } from '@wireroom/contracts';
import { runService } from '@wireroom/pipeline';
import { raw } from 'express';
import { IngestEnv } from './ingest.env.js';
import { IngestModule } from './ingest.module.js';
import { maxRequestBytes } from './submit-content.controller.js';

const PUSH_PREFIX = '/v1/websub';
const PUSH_LIMIT = '10mb';

await runService({
  stage: 'ingest',
  env: IngestEnv,
  module: (basics) => IngestModule.create(basics),
  // Bytes, not text: whether they are UTF-8 JSON is the contract's question.
  bodies: (env) => [
    [INGEST_ROUTES.submit.path, raw({ type: 'application/json', limit: maxRequestBytes(env) })],
    // Signed as it is on the wire, so that nothing may be unfolded before the signature is checked.
    [PUSH_PREFIX, raw({ type: () => true, limit: PUSH_LIMIT, inflate: false })],
  ],
});
