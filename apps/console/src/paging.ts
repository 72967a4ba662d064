import { ContractViolation } from '@wireroom/contracts';

/** Where a list that is sorted by a time and an id, newest first, goes on. */
export function cursorOf(at: Date, id: string): string {
  return Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');
}

/**
 * The filter for what comes after a cursor; none without cursor.
 *
 * @throws ContractViolation for a text that is no cursor
 */
export function afterCursor<TId>(
  timeField: string,
  cursor: string | undefined,
  idOf: (text: string) => TId,
): Record<string, unknown> {
  if (cursor === undefined) return {};
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ', 2);
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) throw noCursor();
  try {
    return { $or: [{ [timeField]: { $lt: at } }, { [timeField]: at, _id: { $lt: idOf(id) } }] };
  } catch {
    throw noCursor();
  }
}

function noCursor(): ContractViolation {
  return new ContractViolation([{ field: 'cursor', reason: 'must be the nextCursor of the page before' }]);
}
