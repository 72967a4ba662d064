import { isDeepStrictEqual } from 'node:util';
import { DEFS, type JsonSchema, type JsonType, reachableFrom } from './json-schema.js';

/** A change by which data of the released schema may fail the current one. */
export interface Incompatibility {
  /** The field: `article.quotes[].text`, `metadata.*` for any key, `(root)`. */
  path: string;
  reason: string;
}

/**
 * What keeps a reader of the current schema from reading all that was written by the released one: the
 * BACKWARD rule of schema registries. Changes that can't be shown to be harmless count as harmful.
 */
export function incompatibilities(released: JsonSchema, current: JsonSchema): Incompatibility[] {
  return new Comparison(released, current).compare(released, current, '');
}

type Schema = JsonSchema | boolean;
type Rule = (released: JsonSchema, current: JsonSchema, path: string) => Incompatibility[];

const ALL_TYPES: JsonType[] = ['null', 'boolean', 'number', 'string', 'array', 'object'];

const LOWER_LIMITS = [
  ['string', 'minLength'],
  ['array', 'minItems'],
  ['object', 'minProperties'],
] as const;
const UPPER_LIMITS = [
  ['string', 'maxLength'],
  ['array', 'maxItems'],
  ['object', 'maxProperties'],
] as const;

/** Keywords with a rule of their own below, and those that say nothing about what is valid. */
const KNOWN_KEYWORDS = new Set<string>([
  ...['$schema', '$id', '$ref', '$defs', 'title', 'description', 'contentEncoding'],
  ...['type', 'enum', 'const', 'format', 'pattern', 'multipleOf', 'uniqueItems', 'items'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
  ...['properties', 'required', 'additionalProperties', 'propertyNames', 'anyOf'],
  ...[...LOWER_LIMITS, ...UPPER_LIMITS].map(([, keyword]) => keyword),
]);

class Comparison {
  private readonly underWay = new Set<string>();

  constructor(
    private readonly releasedRoot: JsonSchema,
    private readonly currentRoot: JsonSchema,
  ) {}

  compare(released: Schema, current: Schema, path: string): Incompatibility[] {
    if (released === false || current === true) return [];
    if (current === false) return [fault(path, 'nothing is taken here any more')];
    if (released === true) return this.compare({}, current, path);

    return this.once(`${released.$ref ?? asJson(released)} ${current.$ref}`, current.$ref !== undefined, () => {
      const resolved = [resolve(released, this.releasedRoot), resolve(current, this.currentRoot)] as const;
      return this.rules.flatMap((rule) => rule(...resolved, path));
    });
  }

  /** A schema that refers to itself is compared once on the way down. */
  private once(pair: string, isReference: boolean, compare: () => Incompatibility[]): Incompatibility[] {
    if (!isReference) return compare();
    if (this.underWay.has(pair)) return [];
    this.underWay.add(pair);
    const faults = compare();
    this.underWay.delete(pair);
    return faults;
  }

  private readonly rules: Rule[] = [
    types,
    values,
    texts,
    numbers,
    limits,
    (released, current, path) => this.lists(released, current, path),
    (released, current, path) => this.fields(released, current, path),
    (released, current, path) => this.alternatives(released, current, path),
    (released, current, path) => this.otherKeywords(released, current, path),
  ];

  private lists(released: JsonSchema, current: JsonSchema, path: string): Incompatibility[] {
    if (!typesOf(released).includes('array')) return [];
    const unique = current.uniqueItems === true && released.uniqueItems !== true;
    return [
      ...(unique ? [fault(path, 'equal items are no longer taken')] : []),
      ...this.compare(released.items ?? true, current.items ?? true, `${path}[]`),
    ];
  }

  private fields(released: JsonSchema, current: JsonSchema, path: string): Incompatibility[] {
    if (!typesOf(released).includes('object')) return [];
    return [
      ...this.requiredFields(released, current, path),
      ...this.knownFields(released, current, path),
      ...this.unknownFields(released, current, path),
    ];
  }

  private requiredFields(released: JsonSchema, current: JsonSchema, path: string): Incompatibility[] {
    const added = (current.required ?? []).filter((name) => !released.required?.includes(name));
    return added.map((name) =>
      fault(
        fieldPath(path, name),
        released.properties?.[name] === undefined ? 'a required field was added' : 'the field became required',
      ),
    );
  }

  private knownFields(released: JsonSchema, current: JsonSchema, path: string): Incompatibility[] {
    const names = new Set([...Object.keys(released.properties ?? {}), ...Object.keys(current.properties ?? {})]);
    return [...names].flatMap((name) => {
      const before = released.properties?.[name] ?? released.additionalProperties ?? true;
      const after = current.properties?.[name] ?? current.additionalProperties ?? true;
      const field = fieldPath(path, name);
      return before !== false && after === false
        ? [fault(field, 'the field was removed')]
        : this.compare(before, after, field);
    });
  }

  private unknownFields(released: JsonSchema, current: JsonSchema, path: string): Incompatibility[] {
    const before = released.additionalProperties ?? true;
    const after = current.additionalProperties ?? true;
    const names = this.compare(
      released.propertyNames ?? true,
      current.propertyNames ?? true,
      fieldPath(path, '(name)'),
    );
    if (before !== false && after === false) return [...names, fault(path, 'unknown fields are no longer taken')];
    return [...names, ...this.compare(before, after, fieldPath(path, '*'))];
  }

  /** Every released alternative must still be readable by one of the current ones. */
  private alternatives(released: JsonSchema, current: JsonSchema, path: string): Incompatibility[] {
    if (current.anyOf === undefined) return [];
    const before = released.anyOf ?? [withoutKeyword(released, 'anyOf')];
    const unreadable = before.filter(
      (branch) => !current.anyOf!.some((candidate) => this.compare(branch, candidate, path).length === 0),
    );
    return unreadable.map((branch) => fault(path, `no alternative reads ${JSON.stringify(branch)} any more`));
  }

  /** `not`, `if`, `oneOf` and the like: only the same rule is known to take the same data. */
  private otherKeywords(released: JsonSchema, current: JsonSchema, path: string): Incompatibility[] {
    const before = otherRules(released, this.releasedRoot);
    const after = otherRules(current, this.currentRoot);
    if (after.keywords.length === 0 || isDeepStrictEqual(before, after)) return [];
    return [fault(path, `the rules by ${after.keywords.join(', ')} changed`)];
  }
}

function types(released: JsonSchema, current: JsonSchema, path: string): Incompatibility[] {
  const after = typesOf(current);
  const lost = typesOf(released).filter(
    (type) => !after.includes(type) && !(type === 'integer' && after.includes('number')),
  );
  return lost.length === 0 ? [] : [fault(path, `the type was narrowed: ${lost.join(', ')} is no longer taken`)];
}

function values(released: JsonSchema, current: JsonSchema, path: string): Incompatibility[] {
  const after = valuesOf(current);
  if (after === undefined) return [];
  const before = valuesOf(released);
  if (before === undefined) return [fault(path, `the values were narrowed to ${after.map(asJson).join(', ')}`)];
  const lost = before.filter((value) => !after.some((each) => isDeepStrictEqual(each, value)));
  return lost.map((value) => fault(path, `the value ${asJson(value)} was removed`));
}

function texts(released: JsonSchema, current: JsonSchema, path: string): Incompatibility[] {
  if (!typesOf(released).includes('string')) return [];
  return (['format', 'pattern'] as const).flatMap((keyword) => {
    if (current[keyword] === undefined || current[keyword] === released[keyword]) return [];
    return [fault(path, `the ${keyword} was ${released[keyword] === undefined ? 'added' : 'changed'}`)];
  });
}

function numbers(released: JsonSchema, current: JsonSchema, path: string): Incompatibility[] {
  const isNumber = typesOf(released).some((type) => type === 'number' || type === 'integer');
  if (!isNumber) return [];
  const step = current.multipleOf;
  const stepFits = step === undefined || (released.multipleOf !== undefined && released.multipleOf % step === 0);
  return [
    ...(isTighter(lowest(released), lowest(current)) ? [fault(path, 'the minimum was raised')] : []),
    ...(isTighter(highest(released), highest(current)) ? [fault(path, 'the maximum was lowered')] : []),
    ...(stepFits ? [] : [fault(path, 'the multipleOf was tightened')]),
  ];
}

function limits(released: JsonSchema, current: JsonSchema, path: string): Incompatibility[] {
  const applies = ([type]: readonly [JsonType, string]): boolean => typesOf(released).includes(type);
  const raised = LOWER_LIMITS.filter(applies).filter(
    ([, keyword]) => (current[keyword] ?? 0) > (released[keyword] ?? 0),
  );
  const lowered = UPPER_LIMITS.filter(applies).filter(
    ([, keyword]) => (current[keyword] ?? Infinity) < (released[keyword] ?? Infinity),
  );
  return [
    ...raised.map(([, keyword]) => fault(path, `the ${keyword} was raised`)),
    ...lowered.map(([, keyword]) => fault(path, `the ${keyword} was lowered`)),
  ];
}

/** What the keywords without a rule of their own say, with the definitions they refer to. */
function otherRules(schema: JsonSchema, root: JsonSchema): { keywords: string[]; rules: object } {
  const entries = Object.entries(schema).filter(([keyword]) => !KNOWN_KEYWORDS.has(keyword));
  const definitions = reachableFrom(entries, root.$defs ?? {}).map((name) => root.$defs?.[name]);
  return { keywords: entries.map(([keyword]) => keyword), rules: { ...Object.fromEntries(entries), definitions } };
}

/** How far down numbers may go; larger is tighter. */
function lowest({ minimum = -Infinity, exclusiveMinimum = -Infinity }: JsonSchema): [bound: number, excluded: boolean] {
  return exclusiveMinimum >= minimum ? [exclusiveMinimum, true] : [minimum, false];
}

/** How far up numbers may go, mirrored so that larger is tighter. */
function highest({ maximum = Infinity, exclusiveMaximum = Infinity }: JsonSchema): [bound: number, excluded: boolean] {
  return lowest({ minimum: -maximum, exclusiveMinimum: -exclusiveMaximum });
}

function isTighter(before: [bound: number, excluded: boolean], after: [bound: number, excluded: boolean]): boolean {
  return after[0] > before[0] || (after[0] === before[0] && after[1] && !before[1]);
}

function typesOf(schema: JsonSchema): JsonType[] {
  if (schema.type !== undefined) return [schema.type].flat();
  return valuesOf(schema)?.map(typeOf) ?? ALL_TYPES;
}

function typeOf(value: unknown): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonType;
}

function valuesOf(schema: JsonSchema): unknown[] | undefined {
  return 'const' in schema ? [schema.const] : schema.enum;
}

/** A reference with what stands beside it, as one schema. */
function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.slice(DEFS.length);
  const target = root.$defs?.[name];
  if (target === undefined) throw new Error(`${schema.$ref} leads nowhere`);
  return { ...resolve(target, root), ...withoutKeyword(schema, '$ref') };
}

function withoutKeyword(schema: JsonSchema, keyword: keyof JsonSchema): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== keyword));
}

function fault(path: string, reason: string): Incompatibility {
  return { path: path === '' ? '(root)' : path, reason };
}

function fieldPath(parent: string, name: string): string {
  return parent === '' ? name : `${parent}.${name}`;
}

function asJson(value: unknown): string {
  return JSON.stringify(value);
}
