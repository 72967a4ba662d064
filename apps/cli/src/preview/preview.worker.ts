import 'reflect-metadata';
import { stepsOf } from '@wireroom/enrichment/custom-steps';
import { previewWork } from './preview-work.js';

export default previewWork(async (config) => (await stepsOf(config)).chain);
