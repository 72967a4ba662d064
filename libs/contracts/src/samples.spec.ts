import { describe, expect, it } from '@jest/globals';
import type { JsonSchema } from './tools/json-schema.js';
import * as contracts from './index.js';
import { contractSchemas } from './tools/contract-schemas.js';
import { EVENTS, eventSchema } from './tools/event-schemas.js';
import { schemaCheck } from '../testing/schema-check.js';
import { type Sample, samplesIn, samplesOf } from './tools/samples.js';

const DEFINITIONS = contractSchemas();
const HTTP_CLASSES = samplesIn('http').map((name) => contracts[name as keyof typeof contracts] as new () => object);

/** A sample that was committed must decode for as long as its event version exists. */
describe.each(EVENTS)('samples of $type', (event) => {
  const samples = samplesOf(event.type);
  const check = schemaCheck(eventSchema(event, DEFINITIONS));

  it('are at least a full and a minimal one', () => {
    expect(samples.map(({ name }) => name)).toEqual(expect.arrayContaining(['full', 'minimal', 'retraction']));
  });

  it.each(samples)('decode: $name', ({ value }) => {
    const bytes = Buffer.from(JSON.stringify(value));
    expect(JSON.parse(JSON.stringify(contracts.decodeJson(event.data, bytes)))).toEqual(value);
  });

  it.each(samples)('keep the schema: $name', ({ value }) => {
    expect(check(value)).toEqual([]);
  });

  it('hold every field of the contract between them', () => {
    const missing = fieldsOf(eventSchema(event, DEFINITIONS)).filter((field) => !isSomewhere(field, samples));
    expect(missing).toEqual([]);
  });
});

describe.each(HTTP_CLASSES)('samples of %p', (contract) => {
  it.each(samplesOf(`http/${contract.name}`))('keep their contract: $name', ({ value }) => {
    expect(() => contracts.validate(contract, value)).not.toThrow();
  });
});

describe('the full samples', () => {
  it('point at what they speak of', () => {
    const [{ value }] = samplesOf('wireroom.content.enriched.v1').filter(({ name }) => name === 'full') as [Sample];
    const { article, enrichment } = contracts.validate(contracts.ContentEnrichedData, value);
    const body = contracts.bodyOf(article!);
    const spoken = [
      ...enrichment!.quotes!,
      ...enrichment!.entities!,
      ...enrichment!.quotes!.flatMap((q) => q.speaker ?? []),
    ];
    for (const { start, end, text } of spoken) expect(body.slice(start, end)).toBe(text);
  });

  it('have the ids that their items and events have', () => {
    const [{ value }] = samplesOf('wireroom.content.ingested.v1').filter(({ name }) => name === 'full') as [Sample];
    const data = contracts.validate(contracts.ContentIngestedData, value);
    expect(data.contentId).toBe(contracts.contentIdOf(data));
  });
});

/** Pairs of a definition's name and a field's, `''` for the event itself. */
function fieldsOf(schema: JsonSchema): string[] {
  return [schema, ...Object.values(schema.$defs ?? {})].flatMap(({ properties }) => Object.keys(properties ?? {}));
}

function isSomewhere(field: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, part]) => key === field || isSomewhere(field, part));
}
