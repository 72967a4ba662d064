import { describe, expect, it } from '@jest/globals';
import { REFUSED_PAYLOADS } from '../testing/refused-payloads.js';
import { ContentSubmittedData } from './events/content-submitted.v1.js';
import { DeadLetterAnswer, ReplayRequest } from './http/dead-letters.js';
import { ListArticlesRequest } from './http/articles.js';
import { EVENTS } from './tools/event-schemas.js';
import { ContractViolation, type FieldFault, decodeJson, validate } from './validate.js';

const SUBMISSION = { source: 'harbour-news', externalId: 'hn-1', contentType: 'text/plain', body: 'Tide tables' };

function faultsOf(decode: () => unknown): FieldFault[] {
  try {
    decode();
  } catch (error) {
    if (error instanceof ContractViolation) return error.faults;
    throw error;
  }
  return [];
}

describe('decodeJson', () => {
  it.each(REFUSED_PAYLOADS)('refuses $name, naming $field', ({ type, bytes, field }) => {
    const event = EVENTS.find((each) => each.type === type)!;
    const fields = faultsOf(() => decodeJson(event.data, bytes)).map((fault) => fault.field);
    expect(fields).toContain(field);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('refuses a message without value', () => {
    expect(faultsOf(() => decodeJson(ContentSubmittedData, null))).toEqual([
      { field: '(root)', reason: 'has no value' },
    ]);
  });

  it('tells bytes that are not UTF-8 from text that is not JSON', () => {
    expect(faultsOf(() => decodeJson(ContentSubmittedData, Buffer.from([0xff])))[0]?.reason).toBe('is not valid UTF-8');
    expect(faultsOf(() => decodeJson(ContentSubmittedData, Buffer.from('{')))[0]?.reason).toContain('is not JSON');
  });

  it('reads JSON behind a byte order mark, as producers on some systems write it', () => {
    const bytes = Buffer.from(`\ufeff${JSON.stringify(SUBMISSION)}`);
    expect(decodeJson(ContentSubmittedData, bytes).externalId).toBe('hn-1');
  });
});

describe('validate', () => {
  it('hands back what it was given, and changes nothing', () => {
    const given = structuredClone(SUBMISSION);
    expect(validate(ContentSubmittedData, given)).toBe(given);
    expect(given).toEqual(SUBMISSION);
  });

  it('names every bad field, not only the first', () => {
    const faults = faultsOf(() => validate(ContentSubmittedData, { ...SUBMISSION, source: '', url: 5, kind: 'x' }));
    expect(new Set(faults.map(({ field }) => field))).toEqual(new Set(['source', 'url', 'kind']));
  });

  it('says once that a field is missing, whatever number of rules that breaks', () => {
    const { source: _, ...rest } = SUBMISSION;
    expect(faultsOf(() => validate(ContentSubmittedData, rest))).toEqual([{ field: 'source', reason: 'is missing' }]);
  });

  it('says what is wrong in its message', () => {
    expect(() => validate(ContentSubmittedData, { ...SUBMISSION, body: undefined })).toThrow(
      'body: body or bodyBase64 must be given, as a string',
    );
  });

  it('lists at most 50 faults', () => {
    const extra = Object.fromEntries(Array.from({ length: 80 }, (_value, i) => [`extra${i}`, 1]));
    expect(faultsOf(() => validate(ContentSubmittedData, { ...SUBMISSION, ...extra }))).toHaveLength(50);
  });

  it('lets a retraction come without content', () => {
    expect(() =>
      validate(ContentSubmittedData, { source: 'a', url: 'https://a.example/1', kind: 'retraction' }),
    ).not.toThrow();
  });

  it('still looks at content that a retraction brings along', () => {
    const retraction = {
      source: 'a',
      externalId: '1',
      kind: 'retraction',
      contentType: 'html',
      body: 'x',
      bodyBase64: 'eA==',
    };
    const fields = faultsOf(() => validate(ContentSubmittedData, retraction)).map(({ field }) => field);
    expect(new Set(fields)).toEqual(new Set(['contentType', 'body']));
  });

  it('reads numbers of a query, which has only texts, and nothing else as numbers', () => {
    expect(validate(ListArticlesRequest, { limit: '20' }).limit).toBe(20);
    expect(faultsOf(() => validate(ListArticlesRequest, { limit: 'many' }))[0]?.field).toBe('limit');
    expect(faultsOf(() => validate(ListArticlesRequest, { limit: '0x10.5' }))[0]?.field).toBe('limit');
    expect(faultsOf(() => validate(ListArticlesRequest, { source: { $ne: '' } }))[0]?.field).toBe('source');
    expect(faultsOf(() => validate(ListArticlesRequest, { source: ['a', 'b'] }))[0]?.field).toBe('source');
  });

  it.each(['source', 'language', 'category', 'entity', 'place', 'topic', 'cluster', 'externalId'])(
    'refuses a filter by a blank %s, which nothing can have, and says which it is',
    (field) => {
      for (const blank of ['', '  ']) {
        expect(faultsOf(() => validate(ListArticlesRequest, { [field]: blank }))).toMatchObject([{ field }]);
      }
    },
  );

  it('refuses a cluster that is no id', () => {
    expect(faultsOf(() => validate(ListArticlesRequest, { cluster: 'ferries' }))).toMatchObject([{ field: 'cluster' }]);
  });

  it('refuses what operators send with an operator of the database in it', () => {
    expect(faultsOf(() => validate(ReplayRequest, { filter: { state: { $gt: '' } } }))[0]?.field).toBe('filter.state');
    expect(faultsOf(() => validate(ReplayRequest, { filter: { $where: '1' } }))[0]?.field).toBe('filter.$where');
  });

  it('looks at what inherited fields hold', () => {
    const faults = faultsOf(() => validate(DeadLetterAnswer, { id: 5 }));
    expect(faults.map(({ field }) => field)).toEqual(expect.arrayContaining(['id', 'headers', 'place']));
  });
});
