import { type ValidationArguments, getMetadataStorage } from 'class-validator';

type Constructor = new () => object;
type Condition = (object: object, value: unknown) => boolean;
type Check = (object: object, value: unknown) => boolean;

interface FieldRules {
  name: string;
  conditions: Condition[];
  checks: Check[];
}

interface Rules {
  fields: FieldRules[];
  names: Set<string>;
}

/** By class; undefined where one asks for something that only class-validator itself can answer. */
const compiled = new Map<Constructor, Rules | undefined>();

/**
 * Whether an object certainly keeps the rules of a class, those of nested objects left aside. A false may be a
 * fault, or a rule of a kind not known here: then class-validator's own `validateSync` decides and finds the words.
 *
 * The rules are read from class-validator's records once for each class. `validateSync` reads them again for each
 * instance and builds an error for each field before it is checked, which was a third of the work of a stage.
 */
export function certainlyKeepsRules(contract: Constructor, object: object): boolean {
  const rules = rulesOf(contract);
  if (rules === undefined) return false;
  for (const name in object) if (!rules.names.has(name)) return false;
  for (const field of rules.fields) if (!keeps(field, object)) return false;
  return true;
}

function keeps({ name, conditions, checks }: FieldRules, object: object): boolean {
  const value = (object as Record<string, unknown>)[name];
  for (const applies of conditions) if (!applies(object, value)) return true;
  for (const holds of checks) if (!holds(object, value)) return false;
  return true;
}

function rulesOf(contract: Constructor): Rules | undefined {
  if (!compiled.has(contract)) compiled.set(contract, compile(contract));
  return compiled.get(contract);
}

type Storage = ReturnType<typeof getMetadataStorage>;
type RuleRecord = ReturnType<Storage['getTargetValidationMetadatas']>[number];

function compile(contract: Constructor): Rules | undefined {
  const storage = getMetadataStorage();
  const records = storage.getTargetValidationMetadatas(contract, '', false, false);
  // A class without rules is refused by class-validator as unknown.
  if (records.length === 0) return undefined;
  const fields = new Map<string, FieldRules>();
  for (const record of records) {
    const field = fields.get(record.propertyName) ?? { name: record.propertyName, conditions: [], checks: [] };
    fields.set(record.propertyName, field);
    if (record.type === 'conditionalValidation') {
      field.conditions.push((record.constraints as [Condition])[0]);
    } else if (record.type === 'customValidation' && record.validateIf === undefined) {
      const checks = checksOf(contract, record, storage);
      if (checks === undefined) return undefined;
      field.checks.push(...checks);
    } else {
      return undefined;
    }
  }
  return { fields: [...fields.values()], names: new Set(fields.keys()) };
}

/**
 * Lengths are counted in characters, of which a text has at most one for each UTF-16 unit and at least one for two.
 * Where that settles it, nobody has to go through a long text to count.
 */
const SURE_LENGTHS = new Map<string, (units: number, constraints: number[]) => boolean>([
  ['maxLength', (units, [most = 0]) => units <= most],
  ['minLength', (units, [least = 0]) => units >= 2 * least],
  ['isLength', (units, [least = 0, most = Infinity]) => units >= 2 * least && units <= most],
]);

function checksOf(contract: Constructor, record: RuleRecord, storage: Storage): Check[] | undefined {
  const constraints = storage.getTargetValidatorConstraints(record.constraintCls);
  if (constraints.some(({ async }) => async)) return undefined;
  const validators = constraints.map(({ instance }) => instance);
  const { name: targetName } = contract;
  const { propertyName: property, each } = record;
  const surely = SURE_LENGTHS.get(record.name ?? '');
  return validators.map((validator) => (object, value) => {
    const args: ValidationArguments = { targetName, property, constraints: record.constraints, object, value };
    const holds = (one: unknown): boolean =>
      (typeof one === 'string' && surely?.(one.length, record.constraints as number[])) ||
      validator.validate(one, args) === true;
    return each && Array.isArray(value) ? value.every(holds) : holds(value);
  });
}
