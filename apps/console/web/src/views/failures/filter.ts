import type { ListFailuresRequest } from '@wireroom/contracts';
import type { Period } from '../../text/periods.js';

/** What the address of the view says; `unsettled` is open or parked. */
export const DEFAULTS = {
  tab: 'groups',
  stage: '',
  code: '',
  source: '',
  state: 'unsettled',
  window: 'all',
  from: '',
  to: '',
};

export type FailureState = typeof DEFAULTS;

export interface FailurePartProps {
  state: FailureState;
  period: Partial<Period>;
}

/** What the address asks for. `unsettled` is two states, which the page tells apart itself. */
export function failuresRequest(state: FailureState, period: Partial<Period>): ListFailuresRequest {
  const { stage, code, source } = state;
  const chosen = state.state === 'all' || state.state === 'unsettled' ? undefined : state.state;
  const given = Object.entries({ stage, code, source, state: chosen, ...period }).filter(([, value]) => value);
  return Object.fromEntries(given);
}
