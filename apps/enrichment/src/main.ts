import { runService } from '@wireroom/pipeline';
import { EnrichmentEnv } from './enrichment.env.js';
import { EnrichmentModule } from './enrichment.module.js';

await runService({ stage: 'enrichment', env: EnrichmentEnv, module: (basics) => EnrichmentModule.create(basics) });
