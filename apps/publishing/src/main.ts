import { runService } from '@wireroom/pipeline';
import { PublishingEnv } from './publishing.env.js';
import { PublishingModule } from './publishing.module.js';

await runService({ stage: 'publishing', env: PublishingEnv, module: (basics) => PublishingModule.create(basics) });
