import { describe, expect, it } from '@jest/globals';
import { incompatibilities } from './compatibility.js';
import type { JsonSchema } from './json-schema.js';

const text: JsonSchema = { type: 'string' };

function object(properties: Record<string, JsonSchema>, more: JsonSchema = {}): JsonSchema {
  return { type: 'object', properties, additionalProperties: false, ...more };
}

/** A change of one field's schema, read in both directions: one must be harmless, the other named. */
interface Change {
  name: string;
  narrow: JsonSchema;
  wide: JsonSchema;
  reason: string;
}

const CHANGES: Change[] = [
  { name: 'type', narrow: text, wide: { type: ['string', 'null'] }, reason: 'narrowed: null' },
  { name: 'integer to number', narrow: { type: 'integer' }, wide: { type: 'number' }, reason: 'narrowed: number' },
  { name: 'any type', narrow: text, wide: {}, reason: 'narrowed: null, boolean, number, array, object' },
  { name: 'enum', narrow: { enum: ['a'] }, wide: { enum: ['a', 'b'] }, reason: 'the value "b" was removed' },
  { name: 'enum lifted', narrow: { ...text, enum: ['a'] }, wide: text, reason: 'narrowed to "a"' },
  { name: 'const to enum', narrow: { const: 1 }, wide: { enum: [1, 2] }, reason: 'the value 2 was removed' },
  { name: 'format', narrow: { ...text, format: 'uuid' }, wide: text, reason: 'the format was added' },
  { name: 'pattern', narrow: { ...text, pattern: '^a' }, wide: text, reason: 'the pattern was added' },
  {
    name: 'minLength',
    narrow: { ...text, minLength: 2 },
    wide: { ...text, minLength: 1 },
    reason: 'the minLength was raised',
  },
  { name: 'first minLength', narrow: { ...text, minLength: 1 }, wide: text, reason: 'the minLength was raised' },
  {
    name: 'maxLength',
    narrow: { ...text, maxLength: 5 },
    wide: { ...text, maxLength: 6 },
    reason: 'the maxLength was lowered',
  },
  { name: 'first maxLength', narrow: { ...text, maxLength: 5 }, wide: text, reason: 'the maxLength was lowered' },
  {
    name: 'minimum',
    narrow: { type: 'number', minimum: 0 },
    wide: { type: 'number', minimum: -1 },
    reason: 'the minimum was raised',
  },
  {
    name: 'exclusiveMinimum',
    narrow: { type: 'number', exclusiveMinimum: 0 },
    wide: { type: 'number', minimum: 0 },
    reason: 'the minimum was raised',
  },
  {
    name: 'maximum',
    narrow: { type: 'integer', maximum: 9 },
    wide: { type: 'integer' },
    reason: 'the maximum was lowered',
  },
  {
    name: 'exclusiveMaximum',
    narrow: { type: 'integer', exclusiveMaximum: 9 },
    wide: { type: 'integer', maximum: 9 },
    reason: 'the maximum was lowered',
  },
  {
    name: 'multipleOf',
    narrow: { type: 'integer', multipleOf: 6 },
    wide: { type: 'integer', multipleOf: 3 },
    reason: 'the multipleOf was tightened',
  },
  {
    name: 'minItems',
    narrow: { type: 'array', minItems: 1 },
    wide: { type: 'array' },
    reason: 'the minItems was raised',
  },
  {
    name: 'maxItems',
    narrow: { type: 'array', maxItems: 1 },
    wide: { type: 'array', maxItems: 2 },
    reason: 'the maxItems was lowered',
  },
  {
    name: 'uniqueItems',
    narrow: { type: 'array', uniqueItems: true },
    wide: { type: 'array' },
    reason: 'equal items are no longer taken',
  },
  {
    name: 'minProperties',
    narrow: { type: 'object', minProperties: 2 },
    wide: { type: 'object', minProperties: 1 },
    reason: 'the minProperties was raised',
  },
  {
    name: 'maxProperties',
    narrow: { type: 'object', maxProperties: 2 },
    wide: { type: 'object' },
    reason: 'the maxProperties was lowered',
  },
  {
    name: 'unknown fields',
    narrow: { type: 'object', additionalProperties: false },
    wide: { type: 'object' },
    reason: 'unknown fields are no longer taken',
  },
  {
    name: 'alternatives',
    narrow: { ...object({}), anyOf: [{ required: ['a'] }] },
    wide: { ...object({}), anyOf: [{ required: ['a'] }, { required: ['b'] }] },
    reason: 'no alternative reads {"required":["b"]} any more',
  },
  {
    name: 'not',
    narrow: { ...text, not: { const: 'a' } },
    wide: text,
    reason: 'the rules by not changed',
  },
  {
    name: 'if and else',
    narrow: { ...text, if: { minLength: 2 }, else: { maxLength: 9 } },
    wide: text,
    reason: 'the rules by if, else changed',
  },
];

describe('incompatibilities', () => {
  it.each(CHANGES)('lets a field become wider: $name', ({ narrow, wide }) => {
    expect(incompatibilities(object({ field: narrow }), object({ field: wide }))).toEqual([]);
  });

  it.each(CHANGES)('names a field that became narrower: $name', ({ narrow, wide, reason }) => {
    expect(incompatibilities(object({ field: wide }), object({ field: narrow }))).toEqual([
      { path: 'field', reason: expect.stringContaining(reason) },
    ]);
  });

  it.each(CHANGES)('lets a field stay as it is: $name', ({ narrow, wide }) => {
    expect(incompatibilities(object({ field: narrow }), object({ field: narrow }))).toEqual([]);
    expect(incompatibilities(object({ field: wide }), object({ field: wide }))).toEqual([]);
  });

  it('lets an optional field be added and a field become optional', () => {
    const released = object({ a: text }, { required: ['a'] });
    expect(incompatibilities(released, object({ a: text, b: text }))).toEqual([]);
  });

  it('names a required field that was added', () => {
    expect(incompatibilities(object({}), object({ b: text }, { required: ['b'] }))).toEqual([
      { path: 'b', reason: 'a required field was added' },
    ]);
  });

  it('names a field that became required', () => {
    expect(incompatibilities(object({ a: text }), object({ a: text }, { required: ['a'] }))).toEqual([
      { path: 'a', reason: 'the field became required' },
    ]);
  });

  it('names a field that was removed where unknown fields are refused', () => {
    expect(incompatibilities(object({ a: text }), object({}))).toEqual([
      { path: 'a', reason: 'the field was removed' },
    ]);
  });

  it('lets a field be removed where unknown fields are taken', () => {
    expect(incompatibilities(object({ a: text }), { type: 'object' })).toEqual([]);
  });

  it('names a removed field whose values the rule for unknown fields refuses', () => {
    const released = object({ a: { type: 'integer' } });
    expect(incompatibilities(released, { type: 'object', additionalProperties: text })).toEqual([
      { path: 'a', reason: expect.stringContaining('integer') },
    ]);
  });

  it('names a field that was added where any unknown value could already be', () => {
    expect(incompatibilities({ type: 'object' }, { type: 'object', properties: { a: text } })).toEqual([
      { path: 'a', reason: expect.stringContaining('narrowed') },
    ]);
  });

  it('compares the values and the names of free keys', () => {
    const released: JsonSchema = { type: 'object', additionalProperties: text };
    const current: JsonSchema = {
      type: 'object',
      propertyNames: { maxLength: 3 },
      additionalProperties: { ...text, maxLength: 3 },
    };
    expect(incompatibilities(object({ m: released }), object({ m: current }))).toEqual([
      { path: 'm.(name)', reason: 'the maxLength was lowered' },
      { path: 'm.*', reason: 'the maxLength was lowered' },
    ]);
  });

  it('names every fault by its path, through lists and definitions', () => {
    const withQuote = (quote: JsonSchema): JsonSchema => ({
      ...object({ article: { $ref: '#/$defs/Article' } }),
      $defs: { Article: object({ quotes: { type: 'array', items: { $ref: '#/$defs/Quote' } } }), Quote: quote },
    });
    expect(
      incompatibilities(
        withQuote(object({ text, verb: text })),
        withQuote(object({ text: { ...text, maxLength: 9 }, start: text }, { required: ['start'] })),
      ),
    ).toEqual([
      { path: 'article.quotes[].start', reason: 'a required field was added' },
      { path: 'article.quotes[].text', reason: 'the maxLength was lowered' },
      { path: 'article.quotes[].verb', reason: 'the field was removed' },
    ]);
  });

  it('compares a definition with the same written out, whatever its name', () => {
    const released: JsonSchema = { ...object({ a: { $ref: '#/$defs/Old' } }), $defs: { Old: object({ b: text }) } };
    expect(incompatibilities(released, object({ a: object({ b: text }) }))).toEqual([]);
    expect(incompatibilities(released, object({ a: object({}) }))).toEqual([
      { path: 'a.b', reason: 'the field was removed' },
    ]);
  });

  it('comes to an end with a schema that refers to itself', () => {
    const tree = (leaf: JsonSchema): JsonSchema => ({
      ...object({ root: { $ref: '#/$defs/Node' } }),
      $defs: { Node: object({ leaf, children: { type: 'array', items: { $ref: '#/$defs/Node' } } }) },
    });
    expect(incompatibilities(tree(text), tree(text))).toEqual([]);
    expect(incompatibilities(tree(text), tree({ type: 'integer' }))).toEqual([
      { path: 'root.leaf', reason: expect.stringContaining('narrowed') },
    ]);
    expect(incompatibilities({ type: 'object' }, tree(text))).not.toEqual([]);
  });

  it('looks into the definitions that a fixed rule refers to', () => {
    const ruled = (limit: number): JsonSchema => ({
      ...text,
      not: { $ref: '#/$defs/Banned' },
      $defs: { Banned: { maxLength: limit } },
    });
    expect(incompatibilities(ruled(1), ruled(1))).toEqual([]);
    expect(incompatibilities(ruled(1), ruled(2))).toEqual([{ path: '(root)', reason: 'the rules by not changed' }]);
  });

  it('does not mind a limit on a type that could not be there before', () => {
    expect(incompatibilities(text, { type: ['string', 'array', 'number'], maxItems: 2, maximum: 3 })).toEqual([]);
  });

  it('does not mind words', () => {
    expect(incompatibilities({ ...text, title: 'a', description: 'b' }, { ...text, description: 'c' })).toEqual([]);
  });

  it('says when nothing is taken any more, and takes anything new for a field that was always refused', () => {
    expect(incompatibilities({ type: 'array' }, { type: 'array', items: false })).toEqual([
      { path: '[]', reason: 'nothing is taken here any more' },
    ]);
    expect(incompatibilities({ type: 'array', items: false }, { type: 'array', items: text })).toEqual([]);
  });

  it('refuses a reference that leads nowhere', () => {
    expect(() => incompatibilities(object({ a: { $ref: '#/$defs/Gone' } }), object({ a: text }))).toThrow('Gone');
  });
});
