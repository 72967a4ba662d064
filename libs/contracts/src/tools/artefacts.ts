import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { SERVICES } from '../pipeline.js';
import { asyncApi } from './asyncapi.js';
import { contractSchemas } from './contract-schemas.js';
import { EVENTS, eventSchema, standaloneSchema } from './event-schemas.js';
import type { JsonSchema } from './json-schema.js';
import { openApi } from './openapi.js';

/** The root of this package; as far away from the sources as from the compiled files. */
const PACKAGE = join(import.meta.dirname, '../..');

export const GENERATED = join(PACKAGE, 'generated');
/** The released event schemas, which the current ones are held against. */
export const BASELINE = join(GENERATED, 'baseline');

/** What servers that are a step of the enrichment are asked and answer. */
const CUSTOM_STEP = ['StepCallRequest', 'StepCallAnswer'];

/** The schema of every event, by CloudEvents type. */
export function eventSchemas(): Map<string, JsonSchema> {
  const definitions = contractSchemas();
  return new Map(EVENTS.map((event) => [event.type, eventSchema(event, definitions)]));
}

/** Everything that is generated from the contracts: file name within `generated/` and text. */
export async function artefacts(): Promise<Map<string, string>> {
  const definitions = contractSchemas();
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const documents: [string, object][] = [
    ...[...eventSchemas()].map(([type, schema]): [string, object] => [`schemas/${type}.schema.json`, schema]),
    ...CUSTOM_STEP.map((name): [string, object] => [
      `schemas/${name}.schema.json`,
      standaloneSchema(name, name, definitions),
    ]),
    ['asyncapi.json', asyncApi(definitions, version)],
    ...SERVICES.map((name): [string, object] => [`openapi.${name}.json`, openApi(name, definitions, version)]),
  ];
  const texts = documents.map(async ([file, document]) => [file, await asText(document)] as const);
  return new Map(await Promise.all(texts));
}

/** A document laid out as the formatter of this repository wants it. */
function asText(document: object): Promise<string> {
  return format(JSON.stringify(document), { parser: 'json', printWidth: 120 });
}
