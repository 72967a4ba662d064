import { type ValidationError, type ValidatorOptions, validateSync } from 'class-validator';
import { certainlyKeepsRules } from './keeps-rules.js';
import { nestedTypesOf } from './nested.js';
import { readQueryNumbers } from './query-numbers.js';

/** One thing wrong with a payload: the path of the field and the reason, for a person to read. */
export interface FieldFault {
  field: string;
  reason: string;
}

/** A payload that does not keep its contract. Never retried: the same bytes fail the same way. */
export class ContractViolation extends Error {
  readonly code = 'contract-violation';

  constructor(readonly faults: FieldFault[]) {
    super(faults.map((fault) => `${fault.field}: ${fault.reason}`).join('; '));
    this.name = 'ContractViolation';
  }
}

/** Keys that would shadow what every object inherits; libraries ask objects for `hasOwnProperty` and the like. */
const UNSAFE_KEYS = new Set([...Object.getOwnPropertyNames(Object.prototype), 'prototype']);
const MAX_DEPTH = 32;
const MAX_FIELDS = 1000;
const MAX_FAULTS = 50;
const STRICT: ValidatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  forbidUnknownValues: true,
  validationError: { target: false, value: false },
};

/**
 * Turns an unknown JSON value into an instance of a contract class.
 *
 * Strict: unknown keys, keys that reach for a prototype and values of a neighbouring type (`"5"` for 5)
 * are faults. Nothing is converted.
 *
 * @throws ContractViolation naming every bad field.
 */
export function validate<T extends object>(contract: new () => T, value: unknown): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ContractViolation([{ field: '(root)', reason: 'must be a JSON object' }]);
  }
  const unsafe = findUnsafe(value, '', 0);
  if (unsafe) throw new ContractViolation([unsafe]);

  const faults: FieldFault[] = [];
  const instance = build(contract, value, '', faults);
  if (faults.length > 0) throw new ContractViolation(faults.slice(0, MAX_FAULTS));
  return instance;
}

/**
 * Parses UTF-8 JSON and validates it.
 *
 * @throws ContractViolation when the bytes are not UTF-8, not JSON or not the contract.
 */
export function decodeJson<T extends object>(contract: new () => T, bytes: Uint8Array | null): T {
  return validate(contract, parseJson(bytes));
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function parseJson(bytes: Uint8Array | null): unknown {
  if (bytes === null || bytes.byteLength === 0) {
    throw new ContractViolation([{ field: '(root)', reason: 'has no value' }]);
  }
  try {
    return JSON.parse(UTF8.decode(bytes)) as unknown;
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? `is not JSON (${cause.message})` : 'is not valid UTF-8';
    throw new ContractViolation([{ field: '(root)', reason }]);
  }
}

function findUnsafe(value: unknown, path: string, depth: number): FieldFault | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return { field: path, reason: `is nested deeper than ${MAX_DEPTH} levels` };
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const fault = findUnsafe(item, `${path}[${index}]`, depth + 1);
      if (fault) return fault;
    }
    return undefined;
  }
  const keys = Object.keys(value);
  if (keys.length > MAX_FIELDS) return { field: path || '(root)', reason: `has more than ${MAX_FIELDS} fields` };
  for (const key of keys) {
    const field = pathOf(path, key);
    if (UNSAFE_KEYS.has(key)) return { field, reason: 'is a forbidden key' };
    const fault = findUnsafe((value as Record<string, unknown>)[key], field, depth + 1);
    if (fault) return fault;
  }
  return undefined;
}

/** Level by level: what is at fault is not gone into, so a hostile list costs no more than its length. */
function build<T extends object>(contract: new () => T, value: object, path: string, faults: FieldFault[]): T {
  const instance = Object.assign(new contract(), value);
  const fields = instance as Record<string, unknown>;
  readQueryNumbers(contract, fields);
  const errors = certainlyKeepsRules(contract, instance) ? [] : validateSync(instance, STRICT);
  faults.push(...errors.flatMap((error) => faultsOf(error, fields[error.property], path)));
  const atFault = new Set(errors.map(({ property }) => property));
  for (const [name, type] of nestedTypesOf(contract)) {
    const nested = fields[name];
    if (nested === undefined || atFault.has(name)) continue;
    const field = pathOf(path, name);
    fields[name] = Array.isArray(nested)
      ? buildAll(type, nested as object[], field, faults)
      : build(type, nested as object, field, faults);
  }
  return instance;
}

function buildAll(type: new () => object, items: object[], path: string, faults: FieldFault[]): object[] {
  const built: object[] = [];
  for (const [index, item] of items.entries()) {
    if (faults.length >= MAX_FAULTS) break;
    built.push(build(type, item, `${path}[${index}]`, faults));
  }
  return built;
}

/** What is not there breaks every rule of its field, and one reason says so: the contract's own words where it has some. */
function faultsOf({ property, constraints = {} }: ValidationError, value: unknown, parent: string): FieldFault[] {
  const reasons = Object.values(constraints);
  const missing = reasons.find((reason) => !reason.startsWith(`${property} must `)) ?? 'is missing';
  return (value === undefined ? [missing] : reasons).map((reason) => ({ field: pathOf(parent, property), reason }));
}

function pathOf(parent: string, property: string): string {
  return parent === '' ? property : `${parent}.${property}`;
}
