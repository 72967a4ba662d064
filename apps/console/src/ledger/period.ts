import { ContractViolation } from '@wireroom/contracts';
import { GRAINS, ceilTo, floorTo } from '../books/grains.js';

/** A half-open period of whole minutes. */
export interface WholeMinutes {
  from: Date;
  to: Date;
}

/**
 * The period that a request names, widened to whole minutes; the last 24 hours where it names none.
 *
 * @throws ContractViolation when it ends before it begins
 */
export function periodOf(request: { from?: string; to?: string }, now = new Date()): WholeMinutes {
  const to = ceilTo('minute', request.to === undefined ? now : new Date(request.to));
  const from = floorTo(
    'minute',
    request.from === undefined ? new Date(to.getTime() - GRAINS.day) : new Date(request.from),
  );
  if (from >= to) throw new ContractViolation([{ field: 'from', reason: 'must be before to' }]);
  return { from, to };
}
