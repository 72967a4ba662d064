import { describe, expect, it } from '@jest/globals';
import { REFUSED_PAYLOADS } from '../../testing/refused-payloads.js';
import { schemaCheck } from '../../testing/schema-check.js';
import { validate } from '../validate.js';
import { contractSchemas } from './contract-schemas.js';
import { EVENTS, eventSchema } from './event-schemas.js';
import { samplesOf } from './samples.js';

const DEFINITIONS = contractSchemas();
const CHECKS = new Map(EVENTS.map((event) => [event.type, schemaCheck(eventSchema(event, DEFINITIONS))]));

const parsed = REFUSED_PAYLOADS.flatMap((payload) => {
  try {
    return [{ ...payload, value: JSON.parse(payload.bytes.toString()) as unknown }];
  } catch {
    return [];
  }
});

/** A producer in another language has only the schema: it must say what the class says. */
describe('a generated schema', () => {
  it.each(parsed.filter(({ beyondSchema }) => beyondSchema === undefined))('refuses $name', ({ type, value }) => {
    expect(CHECKS.get(type)!(value)).not.toEqual([]);
  });

  it.each(parsed.filter(({ beyondSchema }) => beyondSchema !== undefined))(
    'cannot refuse $name: $beyondSchema',
    ({ type, value }) => {
      expect(CHECKS.get(type)!(value)).toEqual([]);
    },
  );

  it.each(EVENTS)('agrees with the class on every sample of $type, whatever part is spoilt', (event) => {
    const check = CHECKS.get(event.type)!;
    for (const { name, value } of samplesOf(event.type).filter((each) => each.name !== 'minimal')) {
      for (const { path, spoilt } of variantsOf(value)) {
        expect({ name, path, taken: check(spoilt).length === 0 }).toEqual({
          name,
          path,
          taken: isTaken(event.data, spoilt),
        });
      }
    }
  });
});

function isTaken(contract: new () => object, value: unknown): boolean {
  try {
    validate(contract, value);
    return true;
  } catch {
    return false;
  }
}

const REPLACEMENTS = [undefined, null, '', 'x', '2026', -1, 0, 1, 1.5, 1e9, true, [], [[]], [null], {}, { x: 1 }];

/** The sample with each part in turn left out or replaced by a value of every type. */
function* variantsOf(sample: object): Generator<{ path: string; spoilt: object }> {
  for (const path of pathsOf(sample)) {
    for (const replacement of REPLACEMENTS) {
      const spoilt = structuredClone(sample);
      const parent = path.slice(0, -1).reduce((value, key) => value[key] as Json, spoilt as Json);
      const key = path.at(-1)!;
      if (replacement !== undefined) parent[key] = replacement;
      else if (Array.isArray(parent)) parent.splice(Number(key), 1);
      else delete parent[key];
      yield { path: `${path.join('.')} = ${JSON.stringify(replacement)}`, spoilt };
    }
  }
}

type Json = Record<string, unknown>;

/** Of a list only the first item: the others are spoilt no differently. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(Array.isArray(value) ? value.slice(0, 1) : value).flatMap(([key, part]) => [
    [key],
    ...pathsOf(part).map((rest) => [key, ...rest]),
  ]);
}
