import type { EventContract } from '../define-event.js';
import { PIPELINE } from '../pipeline.js';
import { type JsonSchema, reachableFrom } from './json-schema.js';

/** Every event of the line, in the order an item meets them. */
export const EVENTS: EventContract[] = [
  ...new Set(Object.values(PIPELINE).flatMap(({ hears, says }) => [hears, says])),
];

/** The schema of an event's data as one self-contained JSON Schema document. */
export function eventSchema(event: EventContract, definitions: Record<string, JsonSchema>): JsonSchema {
  const { description } = definitions[event.data.name]!;
  return {
    ...standaloneSchema(event.data.name, event.type, definitions),
    title: event.title,
    description: [event.description, description].filter(Boolean).join(' '),
  };
}

/** The schema of a contract class as a document of its own. */
export function standaloneSchema(className: string, id: string, definitions: Record<string, JsonSchema>): JsonSchema {
  const { description, ...rules } = definitions[className]!;
  const names = reachableFrom(rules, definitions);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:wireroom:schema:${id}`,
    title: className,
    description,
    ...rules,
    ...(names.length > 0 ? { $defs: Object.fromEntries(names.map((name) => [name, definitions[name]!])) } : {}),
  };
}
