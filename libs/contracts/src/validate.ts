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
 * Holds an unknown JSON value against a contract class and hands it back as what it is; a copy where query numbers had
 * to be read.
 *
 * Strict: unknown keys, keys that reach for a prototype and values of a neighbouring type (`"5"` for 5)
 * are faults. Nothing else is converted, and no initialiser of the class runs: what is unsaid stays so.
 *
 * @throws ContractViolation naming every bad field.
 */
export function validate<T extends object>(contract: new () => T, value: unknown): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ContractViolation([{ field: '(root)', reason: 'must be a JSON object' }]);
  }
  const unsafe = findUnsafe(value, 0);
  if (unsafe) throw new ContractViolation([{ field: nameOfPath(unsafe.path), reason: unsafe.reason }]);

  const read = readQueryNumbers(contract, value);
  const faults: FieldFault[] = [];
  check(contract, read, '', faults);
  if (faults.length > 0) throw new ContractViolation(faults.slice(0, MAX_FAULTS));
  return read as T;
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

/** A key or a list's index each, the innermost first. */
interface Unsafe {
  path: (string | number)[];
  reason: string;
}

/** The path is put together on the way back, since hardly any value needs one. */
function findUnsafe(value: unknown, depth: number): Unsafe | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > MAX_DEPTH) return { path: [], reason: `is nested deeper than ${MAX_DEPTH} levels` };
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const unsafe = findUnsafe(value[index], depth + 1);
      if (unsafe) return { ...unsafe, path: [...unsafe.path, index] };
    }
    return undefined;
  }
  const keys = Object.keys(value);
  if (keys.length > MAX_FIELDS) return { path: [], reason: `has more than ${MAX_FIELDS} fields` };
  for (const key of keys) {
    if (UNSAFE_KEYS.has(key)) return { path: [key], reason: 'is a forbidden key' };
    const unsafe = findUnsafe((value as Record<string, unknown>)[key], depth + 1);
    if (unsafe) return { ...unsafe, path: [...unsafe.path, key] };
  }
  return undefined;
}

function nameOfPath(path: Unsafe['path']): string {
  const name = path.reduceRight<string>(
    (parent, step) => (typeof step === 'number' ? `${parent}[${step}]` : pathOf(parent, step)),
    '',
  );
  return name || '(root)';
}

/** Level by level: what is at fault is not gone into, so a hostile list costs no more than its length. */
function check(contract: new () => object, value: object, path: string, faults: FieldFault[]): void {
  const fields = value as Record<string, unknown>;
  const errors = certainlyKeepsRules(contract, value) ? [] : brokenRules(contract, value);
  faults.push(...errors.flatMap((error) => faultsOf(error, fields[error.property], path)));
  for (const [name, type] of nestedTypesOf(contract)) {
    const nested = fields[name];
    if (nested === undefined || errors.some(({ property }) => property === name)) continue;
    const field = pathOf(path, name);
    if (Array.isArray(nested)) checkAll(type, nested as object[], field, faults);
    else check(type, nested as object, field, faults);
  }
}

function checkAll(type: new () => object, items: object[], path: string, faults: FieldFault[]): void {
  for (let index = 0; index < items.length && faults.length < MAX_FAULTS; index++) {
    check(type, items[index]!, `${path}[${index}]`, faults);
  }
}

/** class-validator knows rules by the class of an instance. */
function brokenRules(contract: new () => object, value: object): ValidationError[] {
  return validateSync(Object.assign(new contract(), value), STRICT);
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
