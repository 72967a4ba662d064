import { ArrayMaxSize, IsArray, ValidateBy } from 'class-validator';

type Constructor<T extends object = object> = new () => T;

const nestedTypes = new Map<object, Map<string, () => Constructor>>();
const resolvedTypes = new WeakMap<Constructor, [field: string, type: Constructor][]>();

/**
 * A nested object of one class. `validate` goes into it; class-validator's own `ValidateNested` would take a list
 * for it, and would build the faults of a million bad items before it could be stopped.
 */
export function Nested(type: () => Constructor): PropertyDecorator {
  return combine(isObject(false), hasType(type));
}

/** A list of nested objects of one class, none of them an array, null or a primitive (`[[]]`, `[null]`). */
export function NestedList(type: () => Constructor, maxLength: number): PropertyDecorator {
  return combine(IsArray(), ArrayMaxSize(maxLength), isObject(true), hasType(type));
}

/** The fields of a class that hold nested objects or lists of them, with the class of those; inherited ones too. */
export function nestedTypesOf(contract: Constructor): [field: string, type: Constructor][] {
  const known = resolvedTypes.get(contract);
  if (known) return known;
  const resolved = resolveTypes(contract);
  resolvedTypes.set(contract, resolved);
  return resolved;
}

function resolveTypes(contract: Constructor): [field: string, type: Constructor][] {
  const prototype = contract.prototype as object;
  if (prototype === Object.prototype) return [];
  const own = [...(nestedTypes.get(prototype) ?? [])].map(([field, type]): [string, Constructor] => [field, type()]);
  const parent = Object.getPrototypeOf(prototype) as { constructor: Constructor };
  return [...own, ...resolveTypes(parent.constructor)];
}

function hasType(type: () => Constructor): PropertyDecorator {
  return (prototype, property) => {
    const fields = nestedTypes.get(prototype) ?? new Map<string, () => Constructor>();
    nestedTypes.set(prototype, fields.set(String(property), type));
  };
}

function isObject(each: boolean): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isPlainObject',
      validator: {
        validate: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
        defaultMessage: (args) => `${each ? 'each value in ' : ''}${args?.property ?? 'value'} must be an object`,
      },
    },
    { each },
  );
}

function combine(...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => decorators.forEach((decorate) => decorate(target, property));
}
