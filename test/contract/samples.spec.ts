import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import addFormats from 'ajv-formats';
import { Ajv } from 'ajv';

interface SampleEntry {
  name: string;
  door: 'http' | 'topic';
  file?: string;
  source?: string;
  externalId?: string;
  url?: string;
  contentType?: string;
  kind: 'original' | 'update' | 'correction' | 'retraction';
  expect: { outcome: string; headline?: string; revision?: number; language?: string; code?: string; stage?: string };
}

const SAMPLES = join(import.meta.dirname, '../../samples');
const wire = JSON.parse(readFileSync(join(SAMPLES, 'wire.json'), 'utf8')) as SampleEntry[];

const outcomeSchemas = {
  published: ['headline', 'revision', 'language'],
  duplicate: ['revision'],
  retracted: ['revision'],
  'dead-letter': ['code', 'stage'],
  rejected: ['code'],
};

const wireSchema = {
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['name', 'door', 'kind', 'expect'],
    properties: {
      name: { type: 'string', pattern: '^[a-z0-9-]+$' },
      door: { enum: ['http', 'topic'] },
      file: { type: 'string', pattern: '^items/[^/]+$' },
      source: { type: 'string', pattern: '^[a-z0-9-]+$' },
      externalId: { type: 'string', minLength: 1 },
      url: { type: 'string', format: 'uri' },
      contentType: { type: 'string', pattern: '^[a-z]+/[a-z0-9.+-]+(; charset=[\\w-]+)?$' },
      kind: { enum: ['original', 'update', 'correction', 'retraction'] },
      publishedAt: { type: 'string', format: 'date-time' },
      metadata: { type: 'object', additionalProperties: { type: 'string' } },
      expect: {
        type: 'object',
        oneOf: Object.entries(outcomeSchemas).map(([outcome, required]) => ({
          required: ['outcome', ...required],
          properties: {
            outcome: { const: outcome },
            headline: { type: 'string', minLength: 1 },
            revision: { type: 'integer', minimum: 1 },
            language: { type: 'string', pattern: '^[a-z]{2,3}$' },
            code: { type: 'string', pattern: '^[a-z-]+$' },
            stage: { enum: ['ingest', 'enrichment', 'publishing'] },
          },
          additionalProperties: false,
        })),
      },
    },
  },
};

const identityOf = (entry: SampleEntry): string => JSON.stringify([entry.source, entry.externalId ?? entry.url]);
const bytesOf = (entry: SampleEntry): Buffer | undefined =>
  entry.file === undefined ? undefined : readFileSync(join(SAMPLES, entry.file));
const earlierThan = (entry: SampleEntry): SampleEntry[] => wire.slice(0, wire.indexOf(entry));
const withOutcome = (outcome: string): SampleEntry[] => wire.filter((entry) => entry.expect.outcome === outcome);
const viaHttp = wire.filter((entry) => entry.door === 'http');

describe('the sample wire', () => {
  it('has the documented shape', () => {
    const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
    addFormats.default(ajv);
    const validate = ajv.compile(wireSchema);
    validate(wire);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('names each entry once', () => {
    const names = wire.map((entry) => entry.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('finds every file it names and names every file it has', () => {
    const named = wire.flatMap((entry) => entry.file ?? []);
    expect(named.filter((file) => !existsSync(join(SAMPLES, file)))).toEqual([]);
    expect(readdirSync(join(SAMPLES, 'items')).filter((file) => !named.includes(`items/${file}`))).toEqual([]);
  });

  it('gives everything sent by HTTP a source and exactly one of externalId and url', () => {
    const nameless = viaHttp.filter((entry) => !entry.source || !entry.externalId === !entry.url);
    expect(nameless).toEqual([]);
  });

  it('gives a body and a content type to all but retractions', () => {
    const odd = wire.filter((entry) =>
      entry.kind === 'retraction' ? entry.file || entry.contentType : !entry.file || !entry.contentType,
    );
    expect(odd).toEqual([]);
  });

  it('uses an identity twice only to revise or repeat an item', () => {
    const originals = viaHttp.filter((entry) => entry.kind === 'original' && entry.expect.outcome !== 'duplicate');
    expect(new Set(originals.map(identityOf)).size).toBe(originals.length);
  });

  it('revises only items that were published before, one revision at a time', () => {
    const faults = viaHttp
      .filter((entry) => entry.kind !== 'original')
      .filter((entry) => {
        const revisions = earlierThan(entry)
          .filter((earlier) => identityOf(earlier) === identityOf(entry) && earlier.expect.outcome === 'published')
          .map((earlier) => earlier.expect.revision ?? 0);
        return revisions.length === 0 || entry.expect.revision !== Math.max(...revisions) + 1;
      });
    expect(faults).toEqual([]);
  });

  it('expects a tombstone of every retraction and of nothing else', () => {
    expect(withOutcome('retracted')).toEqual(wire.filter((entry) => entry.kind === 'retraction'));
  });

  it('repeats an earlier item byte for byte where it expects a duplicate', () => {
    for (const duplicate of withOutcome('duplicate')) {
      const first = earlierThan(duplicate).find((entry) => identityOf(entry) === identityOf(duplicate));
      expect(first && { ...first, name: duplicate.name, expect: duplicate.expect }).toEqual(duplicate);
    }
  });

  it('holds each hard kind', () => {
    const flattened = wire.filter(
      (entry) => entry.contentType?.startsWith('text/plain') && /^\S.*[a-z][A-Z]/.test(firstLineOf(entry)),
    );
    const pages = wire.filter((entry) => entry.contentType?.startsWith('text/html') && entry.expect.headline);
    const languages = new Set(wire.flatMap((entry) => entry.expect.language ?? []));
    const codes = withOutcome('dead-letter').map((entry) => entry.expect.code);
    const kinds = new Set(wire.map((entry) => entry.kind));

    expect(flattened.length).toBeGreaterThanOrEqual(6);
    expect(pages.length).toBeGreaterThanOrEqual(10);
    expect([...languages]).toEqual(expect.arrayContaining(['en', 'de', 'fr', 'es', 'ar', 'ja', 'zh']));
    expect([...kinds]).toEqual(expect.arrayContaining(['original', 'update', 'correction', 'retraction']));
    expect(withOutcome('duplicate').length).toBeGreaterThanOrEqual(1);
    expect(codes.toSorted()).toEqual(['contract-violation', 'empty', 'undecodable']);
  });

  it('prints each expected headline in the file it is expected from', () => {
    const missing = withOutcome('published').filter((entry) => !textOf(entry).includes(entry.expect.headline ?? ''));
    expect(missing.map((entry) => entry.name)).toEqual([]);
  });

  it('keeps the poison poisonous', () => {
    const [undecodable] = wire.filter((entry) => entry.expect.code === 'undecodable');
    const decodesAs = ['utf-8', 'utf-16le', 'utf-16be', 'shift_jis', 'gb18030', 'euc-kr', 'big5'].filter((label) => {
      try {
        new TextDecoder(label, { fatal: true }).decode(undecodable && bytesOf(undecodable));
        return true;
      } catch {
        return false;
      }
    });
    expect(decodesAs).toEqual([]);

    const [broken] = wire.filter((entry) => entry.door === 'topic');
    const message = JSON.parse(textOf(broken)) as Record<string, unknown>;
    expect(message).not.toHaveProperty('source');
    expect(['original', 'update', 'correction', 'retraction']).not.toContain(message['kind']);
  });
});

/** The text of an entry's file in the encoding its page declares; empty without a file. */
function textOf(entry: SampleEntry | undefined): string {
  const bytes = entry && bytesOf(entry);
  if (!bytes) return '';
  const declared = /charset=["']?([\w-]+)/i.exec(bytes.toString('latin1'))?.[1];
  return new TextDecoder(declared ?? 'utf-8').decode(bytes);
}

function firstLineOf(entry: SampleEntry): string {
  return textOf(entry).split('\n', 1)[0] ?? '';
}
