import { CallFailed } from '@wireroom/contracts';
import { HttpFailure } from '@wireroom/pipeline';

/**
 * Hands on what a stage answered: its own refusals as they are; that it can't be reached or is unwell as a 503.
 *
 * @throws HttpFailure
 */
export async function asHttpFailure<T>(call: Promise<T>): Promise<T> {
  return call.catch((error: unknown) => {
    if (!(error instanceof CallFailed)) throw error;
    const { status, code, message, faults } = error;
    if (status === 400 || status === 404 || status === 409) throw new HttpFailure(status, code, message, faults);
    throw new HttpFailure(503, 'stage-away', `the stage did not do it: ${message}`);
  });
}
