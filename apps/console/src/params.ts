import { ContractViolation, STAGES, type StageName } from '@wireroom/contracts';

/** A path parameter that must name a stage. @throws ContractViolation */
export function stageParam(value: string): StageName {
  const stage = STAGES.find((one) => one === value);
  if (!stage) throw new ContractViolation([{ field: 'stage', reason: `must be one of ${STAGES.join(', ')}` }]);
  return stage;
}

/** A path parameter that must be a partition's number. @throws ContractViolation */
export function partitionParam(value: string): number {
  if (!/^\d{1,6}$/.test(value))
    throw new ContractViolation([{ field: 'partition', reason: 'must be a number from 0' }]);
  return Number(value);
}

/** A path parameter that must be an offset. @throws ContractViolation */
export function offsetParam(value: string): bigint {
  if (!/^\d{1,19}$/.test(value)) throw new ContractViolation([{ field: 'offset', reason: 'must be a number from 0' }]);
  return BigInt(value);
}
