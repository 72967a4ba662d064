import { runHttpService } from '@wireroom/pipeline';
import { ConsoleEnv } from './console.env.js';
import { ConsoleModule } from './console.module.js';
import { servePage } from './page.js';

await runHttpService({
  name: 'console',
  env: ConsoleEnv,
  module: (basics) => ConsoleModule.create(basics),
  bodies: () => [['/', servePage()]],
  // An edited dead letter comes back whole, as base64.
  jsonLimit: '8mb',
});
