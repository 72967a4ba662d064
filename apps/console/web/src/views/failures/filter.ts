import type { ListFailuresRequest } from '@wireroom/contracts';
import type { Period } from '../../text/periods.js';

/** What the address of the view says; `waiting` is open or parked. */
export const DEFAULTS = {
  tab: 'groups',
  stage: '',
  code: '',
  source: '',
  state: 'waiting',
  window: 'all',
  from: '',
  to: '',
};

export type FailureState = typeof DEFAULTS;

export interface FailurePartProps {
  state: FailureState;
  period: Partial<Period>;
}

/** What the address asks for. */
export function failuresRequest(state: FailureState, period: Partial<Period>): ListFailuresRequest {
  const { stage, code, source } = state;
  const chosen = state.state === 'all' ? undefined : state.state;
  const given = Object.entries({ stage, code, source, state: chosen, ...period }).filter(([, value]) => value);
  return Object.fromEntries(given);
}
