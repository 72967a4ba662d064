import { ContractViolation } from '@wireroom/contracts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A path parameter that must be a content id. @throws ContractViolation */
export function contentIdParam(value: string, field = 'contentId'): string {
  if (!UUID.test(value)) throw new ContractViolation([{ field, reason: 'must be a content id (a UUID)' }]);
  return value.toLowerCase();
}

/** A path parameter that must be a whole number from 1. @throws ContractViolation */
export function countParam(value: string, field: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new ContractViolation([{ field, reason: 'must be a whole number from 1' }]);
  return Number(value);
}
