import { ValidationTypes, getMetadataStorage } from 'class-validator';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import * as contracts from '../index.js';
import { isGiven } from '../optional.js';
import { converters } from './converters.js';
import { CROSS_FIELD_RULES } from './cross-field-rules.js';
import { type DocComments, readDocComments } from './doc-comments.js';
import type { JsonSchema } from './json-schema.js';

type ContractClass = new () => object;

/** The library's types know the schemas of OpenAPI 3.0 only, its code hands on whatever a converter returns. */
type Options = NonNullable<Parameters<typeof validationMetadatasToSchemas>[0]>;

/**
 * The JSON Schema of every contract class, by class name: fields and limits from its validators, descriptions
 * from its doc comments. Unknown fields are refused, as `validate` refuses them.
 *
 * @throws Error for a validator or a condition that no schema was written for.
 */
export function contractSchemas(): Record<string, JsonSchema> {
  const docs = readDocComments();
  const converted = validationMetadatasToSchemas({
    additionalConverters: converters as Options['additionalConverters'],
  }) as Record<string, JsonSchema>;
  return Object.fromEntries(
    contractClasses().map((contract) => [contract.name, complete(contract, converted[contract.name]!, docs)]),
  );
}

function contractClasses(): ContractClass[] {
  return Object.values(contracts)
    .filter((value): value is ContractClass => typeof value === 'function' && metadataOf(value).length > 0)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function metadataOf(
  contract: object,
): ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']> {
  return getMetadataStorage().getTargetValidationMetadatas(contract as ContractClass, '', true, false);
}

function complete(contract: ContractClass, converted: JsonSchema, docs: DocComments): JsonSchema {
  const properties = Object.entries(converted.properties ?? {}).map(([name, schema]) => {
    const description = docs.ofField(contract, name);
    return [name, description === undefined ? schema : { description, ...schema }] as const;
  });
  return {
    description: docs.ofClass(contract),
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(converted.required ? { required: converted.required } : {}),
    additionalProperties: false,
    ...crossFieldRules(contract),
  };
}

function crossFieldRules(contract: ContractClass): JsonSchema {
  const rules = CROSS_FIELD_RULES.get(contract);
  const conditional = metadataOf(contract).find(
    ({ type, constraints }) => type === ValidationTypes.CONDITIONAL_VALIDATION && constraints[0] !== isGiven,
  );
  if (conditional && !rules) {
    const field = `${contract.name}.${conditional.propertyName}`;
    throw new Error(`${field} depends on other fields; say how in cross-field-rules.ts`);
  }
  return rules ?? {};
}
