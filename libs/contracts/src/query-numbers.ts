type Constructor = new () => object;

const queryNumbers = new Map<object, string[]>();

/** A number that comes as decimal digits, as everything in a query is text. Anything else stays as it is. */
export function QueryNumber(): PropertyDecorator {
  return (prototype, property) => {
    queryNumbers.set(prototype, [...(queryNumbers.get(prototype) ?? []), String(property)]);
  };
}

/** The value with its query numbers read; the value itself where its class has none. */
export function readQueryNumbers(contract: Constructor, value: object): object {
  const names = queryNumbers.get(contract.prototype as object);
  if (names === undefined) return value;
  const fields: Record<string, unknown> = { ...value };
  for (const name of names) {
    const given = fields[name];
    if (typeof given === 'string' && /^\d{1,15}$/.test(given)) fields[name] = Number(given);
  }
  return fields;
}
