import { IS_BASE64, IS_URL, IS_UUID, MATCHES, ValidationTypes } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';
import { nestedTypesOf } from '../nested.js';
import { type JsonSchema, refTo } from './json-schema.js';

type Converter = (meta: ValidationMetadata) => JsonSchema;

const UUID = String.raw`[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}`;
const NIL_UUID = '00000000-0000-0000-0000-000000000000';
const MAX_UUID = '[fF]{8}-[fF]{4}-[fF]{4}-[fF]{4}-[fF]{12}';

/**
 * What each validator means in JSON Schema, where class-validator-jsonschema doesn't know it or says less
 * than the validator checks. Formats are annotations in JSON Schema, so a pattern carries the rule.
 */
export const converters: Record<string, Converter> = {
  [IS_UUID]: () => ({ type: 'string', format: 'uuid', pattern: `^(${UUID}|${NIL_UUID}|${MAX_UUID})$` }),
  [IS_BASE64]: () => ({
    type: 'string',
    contentEncoding: 'base64',
    pattern: '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
  }),
  [IS_URL]: urlSchema,
  [MATCHES]: (meta) => patternSchema(meta.constraints[0] as RegExp),
  matchesCalendar: (meta) => patternSchema(meta.constraints[0] as RegExp),
  isPlainObject: nestedSchema,
  isMetadata: metadataSchema,
  isCustomFields: customFieldsSchema,
  isJsonObject: () => ({ type: 'object' }),
  exactlyOneBody: () => ({}),
  [ValidationTypes.CUSTOM_VALIDATION]: refuse,
};

function patternSchema(pattern: RegExp): JsonSchema {
  if (pattern.flags !== '') throw new Error(`JSON Schema patterns have no flags: ${pattern}`);
  return { type: 'string', pattern: pattern.source };
}

function urlSchema(meta: ValidationMetadata): JsonSchema {
  const { protocols, max_allowed_length } = meta.constraints[0] as { protocols: string[]; max_allowed_length: number };
  return {
    type: 'string',
    format: 'uri',
    pattern: `^(${protocols.map(inAnyCase).join('|')})://[^\\s<>]+$`,
    maxLength: max_allowed_length,
  };
}

function inAnyCase(word: string): string {
  return [...word].map((letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`).join('');
}

function nestedSchema({ target, propertyName }: ValidationMetadata): JsonSchema {
  const types = new Map(nestedTypesOf(target as new () => object));
  return refTo(types.get(propertyName)!);
}

function metadataSchema(meta: ValidationMetadata): JsonSchema {
  const limits = meta.constraints[0] as { keys: number; keyLength: number; textLength: number };
  return {
    type: 'object',
    maxProperties: limits.keys,
    propertyNames: { maxLength: limits.keyLength },
    additionalProperties: { type: 'string', maxLength: limits.textLength },
  };
}

function customFieldsSchema(meta: ValidationMetadata): JsonSchema {
  const [limits, name] = meta.constraints as [{ keys: number }, RegExp];
  return { type: 'object', maxProperties: limits.keys, propertyNames: patternSchema(name) };
}

function refuse(meta: ValidationMetadata): never {
  const where = `${(meta.target as { name: string }).name}.${meta.propertyName}`;
  throw new Error(`no JSON Schema for validator ${meta.type} at ${where}; add one to converters.ts`);
}
