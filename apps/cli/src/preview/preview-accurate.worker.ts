import 'reflect-metadata';
import { STEPS, withAccurateEntities } from '@wireroom/enrichment';
import { previewWork } from './preview-work.js';

export default previewWork(withAccurateEntities(STEPS));
