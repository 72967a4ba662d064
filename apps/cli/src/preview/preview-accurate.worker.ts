import 'reflect-metadata';
import { STEPS, withAccurateEntities } from '@wireroom/enrichment';
import { previewWork } from './preview-work.js';

const chain = withAccurateEntities(STEPS);

export default previewWork(async () => chain);
