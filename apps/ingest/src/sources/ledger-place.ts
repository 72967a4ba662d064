import { ContractViolation } from '@wireroom/contracts';
import type { LedgerPlace } from './fetch-ledger.js';

/** A place in the ledger as a cursor. */
export function placeOf({ at, id }: LedgerPlace): string {
  return Buffer.from(`${at.getTime()} ${id}`).toString('base64url');
}

/** @throws ContractViolation for what is no cursor. */
export function readPlace(cursor: string): LedgerPlace {
  const match = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!match) throw new ContractViolation([{ field: 'cursor', reason: 'is no cursor of this list' }]);
  return { at: new Date(Number(match[1])), id: match[2]! };
}
