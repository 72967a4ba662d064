import 'reflect-metadata';
import { STEPS } from '@wireroom/enrichment';
import { previewWork } from './preview-work.js';

export default previewWork(STEPS);
