import { type ReadAnswer, type ReadTask, readContent } from './read-content.js';
import { stepsOf } from './steps/chain-of.js';

/** What the worker threads run. @throws ExtractionError, ConfigError */
export default async function readConfigured(task: ReadTask): Promise<ReadAnswer> {
  return readContent(task, await stepsOf(task.config));
}
