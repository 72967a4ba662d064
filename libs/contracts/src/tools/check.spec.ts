import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BASELINE, GENERATED } from './artefacts.js';
import { breaks, outdated } from './check.js';
import type { JsonSchema } from './json-schema.js';

const SUBMITTED = 'wireroom.content.submitted.v1';
/** The first generation loads the TypeScript compiler, for the doc comments. */
const GENERATION_MS = 60_000;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'contracts-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

describe('outdated', () => {
  it(
    'names what was changed by hand, what is missing and what is left over',
    async () => {
      cpSync(GENERATED, directory, { recursive: true });
      writeFileSync(join(directory, 'asyncapi.json'), '{}');
      writeFileSync(join(directory, 'openapi.forgotten.json'), '{}');
      rmSync(join(directory, `schemas/${SUBMITTED}.schema.json`));
      expect(await outdated(directory)).toEqual([
        `generated/schemas/${SUBMITTED}.schema.json is not what the contracts say now`,
        'generated/asyncapi.json is not what the contracts say now',
        'generated/openapi.forgotten.json belongs to no contract',
      ]);
    },
    GENERATION_MS,
  );
});

describe('breaks', () => {
  function release(change: (schema: JsonSchema) => void): void {
    cpSync(BASELINE, directory, { recursive: true });
    const file = join(directory, `${SUBMITTED}.schema.json`);
    const schema = JSON.parse(readFileSync(file, 'utf8')) as JsonSchema;
    change(schema);
    writeFileSync(file, JSON.stringify(schema));
  }

  it('names event and field of what can no longer be read', async () => {
    release((schema) => {
      schema.properties!.priority = { type: 'integer' };
      schema.properties!.source!.maxLength = 500;
    });
    expect(await breaks(directory)).toEqual([
      `${SUBMITTED} source: the maxLength was lowered`,
      `${SUBMITTED} priority: the field was removed`,
    ]);
  });

  it('lets the contracts take more than the released ones', async () => {
    release((schema) => {
      delete schema.properties!.metadata;
      schema.properties!.kind!.enum = ['original'];
      schema.required!.push('kind');
    });
    expect(await breaks(directory)).toEqual([]);
  });

  it('names an event that is gone', async () => {
    writeFileSync(join(directory, 'wireroom.content.lost.v1.schema.json'), '{}');
    expect(await breaks(directory)).toEqual(['wireroom.content.lost.v1: the event was removed']);
  });
});
