type Constructor = new () => object;

const queryNumbers = new Map<object, string[]>();

/** A number that comes as decimal digits, as everything in a query is text. Anything else stays as it is. */
export function QueryNumber(): PropertyDecorator {
  return (prototype, property) => {
    queryNumbers.set(prototype, [...(queryNumbers.get(prototype) ?? []), String(property)]);
  };
}

/** Reads the query numbers among the fields of an instance. */
export function readQueryNumbers(contract: Constructor, instance: Record<string, unknown>): void {
  for (const field of queryNumbers.get(contract.prototype as object) ?? []) {
    const value = instance[field];
    if (typeof value === 'string' && /^\d{1,15}$/.test(value)) instance[field] = Number(value);
  }
}
