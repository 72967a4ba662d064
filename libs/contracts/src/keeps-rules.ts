import { type ValidationArguments, getMetadataStorage } from 'class-validator';

type Constructor = new () => object;
type Condition = (object: object, value: unknown) => boolean;
type Check = (object: object, value: unknown) => boolean;

interface FieldRules {
  conditions: Condition[];
  checks: Check[];
}

/** Rules by field; undefined where a class asks for something that only class-validator itself can answer. */
type Rules = Map<string, FieldRules> | undefined;

const compiled = new Map<Constructor, Rules>();

/**
 * Whether an instance certainly keeps the rules of its class, those of nested objects left aside. A false may be a
 * fault, or a rule of a kind not known here: then class-validator's own `validateSync` decides and finds the words.
 *
 * The rules are read from class-validator's records once for each class. `validateSync` reads them again for each
 * instance and builds an error for each field before it is checked, which was a third of the work of a stage.
 */
export function certainlyKeepsRules(contract: Constructor, instance: object): boolean {
  const rules = rulesOf(contract);
  if (rules === undefined) return false;
  const fields = instance as Record<string, unknown>;
  for (const name in fields) if (!rules.has(name)) return false;
  for (const [name, { conditions, checks }] of rules) {
    const value = fields[name];
    if (conditions.every((applies) => applies(instance, value)) && !checks.every((holds) => holds(instance, value))) {
      return false;
    }
  }
  return true;
}

function rulesOf(contract: Constructor): Rules {
  if (!compiled.has(contract)) compiled.set(contract, compile(contract));
  return compiled.get(contract);
}

type Storage = ReturnType<typeof getMetadataStorage>;
type RuleRecord = ReturnType<Storage['getTargetValidationMetadatas']>[number];

function compile(contract: Constructor): Rules {
  const storage = getMetadataStorage();
  const records = storage.getTargetValidationMetadatas(contract, '', false, false);
  // A class without rules is refused by class-validator as unknown.
  if (records.length === 0) return undefined;
  const rules = new Map<string, FieldRules>();
  for (const record of records) {
    const field = rules.get(record.propertyName) ?? { conditions: [], checks: [] };
    rules.set(record.propertyName, field);
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
  return rules;
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
