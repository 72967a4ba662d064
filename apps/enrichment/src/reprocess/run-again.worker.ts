import { stepsOf } from '@wireroom/enrichment/custom-steps';
import { type RunAgainAnswer, type RunAgainTask, runAgain } from './run-again.js';

/** What the process of the reprocessing lane runs. @throws ConfigError */
export default async function runConfigured(task: RunAgainTask): Promise<RunAgainAnswer> {
  return runAgain(task, await stepsOf(task.config));
}
