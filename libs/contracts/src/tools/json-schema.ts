export type JsonType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/** The keywords of JSON Schema (draft 2020-12) that the contracts use. */
export interface JsonSchema {
  $schema?: string;
  $id?: string;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  title?: string;
  description?: string;
  type?: JsonType | JsonType[];
  const?: unknown;
  enum?: unknown[];
  format?: string;
  pattern?: string;
  contentEncoding?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  items?: JsonSchema | boolean;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  propertyNames?: JsonSchema;
  minProperties?: number;
  maxProperties?: number;
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  not?: JsonSchema;
  if?: JsonSchema;
  then?: JsonSchema;
  else?: JsonSchema;
}

export const DEFS = '#/$defs/';

/** A reference to a contract class, as all schemas of this folder write it. */
export function refTo(contract: { name: string }): JsonSchema {
  return { $ref: DEFS + contract.name };
}

/** Names of the definitions that a value refers to, directly or through others; sorted. */
export function reachableFrom(value: unknown, definitions: Record<string, JsonSchema>): string[] {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    for (const name of refsIn(part)) {
      if (found.has(name)) continue;
      found.add(name);
      visit(definitions[name]);
    }
  };
  visit(value);
  return [...found].sort();
}

/** The same value with every `#/$defs/` reference led to another place. */
export function withRefsTo<T>(prefix: string, value: T): T {
  return JSON.parse(JSON.stringify(value), (key, part: unknown) =>
    key === '$ref' && typeof part === 'string' && part.startsWith(DEFS) ? prefix + part.slice(DEFS.length) : part,
  ) as T;
}

function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === '$ref' && typeof part === 'string' && part.startsWith(DEFS) ? [part.slice(DEFS.length)] : refsIn(part),
  );
}
