import { describe, expect, it } from '@jest/globals';
import type { EnrichedView, ProvenanceData } from '@wireroom/contracts';
import { findingsOf, recordsOf } from './findings.js';

const BODY = 'Ada Quill spoke on Monday. “Let it sail,” Quill said in Saltmouth.';
const at = (words: string): { start: number; end: number } => {
  const start = BODY.indexOf(words);
  return { start, end: start + words.length };
};

function record(field: string, changes: Partial<ProvenanceData> = {}): ProvenanceData {
  const base = { extractor: 'a-step', version: '1.0.0', rule: 'a-rule', source: 'text', basis: 'body' as const };
  return { ...base, field, spans: [], chosen: true, ...changes };
}

function enriched(enrichment: EnrichedView['enrichment'], provenance: ProvenanceData[] = []): EnrichedView {
  return {
    processingVersion: 1,
    outcome: 'done',
    storedAt: '2026-03-01T08:00:00Z',
    eventId: 'an-event',
    article: {
      authors: [],
      paragraphs: [{ text: BODY, role: 'paragraph' }],
      categories: [],
      tags: [],
      embeds: [],
      completeness: 'full',
      quality: { score: 1, reasons: [] },
    },
    enrichment,
    provenance,
  };
}

describe('findingsOf', () => {
  it('tells all mentions of one person as one finding', () => {
    const [group] = findingsOf(
      enriched({
        entities: [
          { type: 'person', text: 'Ada Quill', name: 'Ada Quill', salience: 0.456, ...at('Ada Quill') },
          { type: 'place', text: 'Saltmouth', ...at('Saltmouth') },
          { type: 'person', text: 'Quill', name: 'Ada Quill', ...at('Quill said') },
        ],
      }),
    );
    expect(group!.findings).toMatchObject([
      {
        field: '/enrichment/entities/0',
        says: 'Ada Quill',
        about: ['person', '2 times', 'salience 0.46'],
        spans: [at('Ada Quill'), at('Quill said')],
      },
      { field: '/enrichment/entities/1', says: 'Saltmouth', about: ['place'] },
    ]);
  });

  it('tells a quote with its speaker, and says where none is certain', () => {
    const quote = { text: 'Let it sail,', ...at('Let it sail,'), direct: true };
    const speaker = { name: 'Ada Quill', text: 'Quill', ...at('Quill said'), confidence: 0.9 };
    const [group] = findingsOf(enriched({ quotes: [{ ...quote, speaker, verb: 'said' }, quote] }));
    expect(group!.findings.map(({ says, about, spans }) => ({ says, about, spans: spans.length }))).toEqual([
      { says: '“Let it sail,”', about: ['Ada Quill', 'as “Quill”', 'said', '90 % sure of the speaker'], spans: 2 },
      { says: '“Let it sail,”', about: ['speaker not certain'], spans: 1 },
    ]);
  });

  it('takes the characters of keyphrases, topics and languages from their records', () => {
    const groups = findingsOf(
      enriched(
        {
          keyphrases: [
            { text: 'Ada Quill', score: 1 },
            { text: 'Saltmouth', score: 0.5 },
          ],
          topics: [{ code: 'medtop:1', label: 'sea', top: 'sea', score: 0.5, words: ['sail'] }],
          language: { code: 'en', confidence: 1 },
        },
        [
          record('/enrichment/keyphrases', { spans: [at('Ada Quill'), at('Saltmouth')] }),
          record('/enrichment/topics/0'),
          record('/enrichment/language', { spans: [{ start: 0, end: BODY.length }] }),
        ],
      ),
    );
    const spans = Object.fromEntries(groups.map(({ key, findings }) => [key, findings.map((one) => one.spans)]));
    expect(spans).toEqual({
      topics: [[]],
      keyphrases: [[at('Ada Quill')], [at('Saltmouth')]],
      language: [[{ start: 0, end: BODY.length }]],
    });
  });

  it('quotes the words of dates and marks, and leads from a story to who was first', () => {
    const groups = findingsOf(
      enriched({
        dates: [{ value: '2026-03-02', ...at('Monday') }],
        trust: {
          untrusted: true,
          marks: [
            { kind: 'model-instruction', basis: 'body', ...at('Let it sail') },
            { kind: 'hidden-text', basis: 'original', start: 5, end: 9 },
          ],
        },
        cluster: { id: 'c-1', kind: 'syndicated', first: { contentId: 'another', source: 'port-wire' } },
      }),
    );
    const findings = groups.flatMap((group) => group.findings);
    expect(findings).toMatchObject([
      { says: '2026-03-02', about: ['“Monday”'] },
      { contentId: 'another', about: ['cluster c-1', 'first at port-wire'] },
      { says: 'model-instruction', about: ['“Let it sail”'], basis: 'body' },
      { says: 'hidden-text', basis: 'original', spans: [{ start: 5, end: 9 }] },
    ]);
  });

  it('leaves out what there is nothing of', () => {
    expect(findingsOf(enriched({ entities: [], failedSteps: [] }))).toEqual([]);
    expect(findingsOf(enriched(undefined))).toEqual([]);
  });
});

describe('recordsOf', () => {
  it('gives the records of a field, the chosen first, or else of the list it is part of', () => {
    const own = [record('/article/title', { chosen: false }), record('/article/title')];
    const list = record('/enrichment/entities');
    expect(recordsOf('/article/title', [...own, list])).toEqual([own[1], own[0]]);
    expect(recordsOf('/enrichment/entities/7', [...own, list])).toEqual([list]);
    expect(recordsOf('/enrichment/trust/marks/0', [...own, list])).toEqual([]);
  });
});
