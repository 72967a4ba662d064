import type { JourneyStep } from '@wireroom/contracts';
import type { Journey } from '../journey.js';
import type { Submitted } from '../submit.js';
import { type Evidence, judge } from './judge.js';
import type { Expectation, WireEntry } from './wire.js';

const HEADLINE = 'Ferry late again';
const sentAt = Date.parse('2026-03-01T08:00:00Z');

const entry = (expect: Expectation): WireEntry => ({ name: 'ferry', door: 'http', expect });
const published: Expectation = { outcome: 'published', headline: HEADLINE, revision: 1, language: 'en' };

const accepted = (fields: object = {}): Submitted => ({
  accepted: true,
  contentId: 'a',
  eventId: 'b',
  revision: 1,
  outcome: 'accepted',
  ...fields,
});

const step = (stage: string, fields: Partial<JourneyStep> = {}): JourneyStep => ({
  stage,
  revision: 1,
  kind: 'original',
  outcome: 'done',
  storedAt: '2026-03-01T08:00:01Z',
  said: { topic: 't', partition: 0, offset: '0' },
  ...fields,
});

const through = (last: Partial<JourneyStep> = {}): Journey => ({
  ingest: [step('ingest')],
  enrichment: [step('enrichment')],
  publishing: [step('publishing', { title: HEADLINE, ...last })],
});

const evidence = (fields: Partial<Evidence> = {}): Evidence => ({ sentAt, answer: accepted(), ...fields });

describe('judge', () => {
  it('is content with a sample that came out as it must', () => {
    const verdict = judge(entry(published), evidence({ journey: through(), language: 'en' }));
    expect(verdict).toMatchObject({
      outcome: 'published',
      headline: HEADLINE,
      fault: undefined,
      marks: { ingest: 'done', enrichment: 'done', publishing: 'done' },
      times: { ingest: 1000, enrichment: 0, publishing: 0 },
    });
  });

  it('names everything that is not as it must', () => {
    const verdict = judge(entry(published), evidence({ journey: through({ title: 'Other' }), language: 'nl' }));
    expect(verdict.fault).toBe('headline is "Other", expected "Ferry late again"; language is "nl", expected "en"');
  });

  it('compares nothing that a retraction has taken away by now', () => {
    expect(judge(entry(published), evidence({ journey: through({ title: undefined }) })).fault).toBeUndefined();
  });

  it('waits for a sample on its way', () => {
    const journey = { ...through(), publishing: [] };
    const waiting = judge(entry(published), evidence({ journey }));
    expect([waiting.outcome, waiting.fault]).toEqual([undefined, undefined]);
    expect(waiting.marks).toEqual({ ingest: 'done', enrichment: 'done', publishing: 'waiting' });
  });

  it('knows a duplicate by the answer of the door', () => {
    const answer = accepted({ outcome: 'duplicate' });
    expect(judge(entry({ outcome: 'duplicate', revision: 1 }), evidence({ answer })).fault).toBeUndefined();
    expect(judge(entry({ outcome: 'duplicate', revision: 2 }), evidence({ answer })).fault).toMatch(/revision 1/);
    expect(judge(entry(published), evidence({ answer })).fault).toMatch(/duplicate/);
  });

  it('expects a dead letter at its stage with its code', () => {
    const dead = step('enrichment', { outcome: 'dead-lettered', code: 'undecodable', storedAt: '2026-03-01T08:00:02Z' });
    const journey = { ...through(), enrichment: [dead], publishing: [] };
    const expected: Expectation = { outcome: 'dead-letter', stage: 'enrichment', code: 'undecodable' };
    expect(judge(entry(expected), evidence({ journey }))).toMatchObject({
      outcome: 'dead letter (undecodable)',
      fault: undefined,
      marks: { ingest: 'done', enrichment: 'dead', publishing: 'unreached' },
    });
    expect(judge(entry({ ...expected, code: 'empty' }), evidence({ journey })).fault).toMatch(/undecodable/);
    expect(judge(entry(published), evidence({ journey })).fault).toMatch(/dead letter at enrichment/);
    expect(judge(entry(expected), evidence({ journey: through() })).fault).toMatch(/published, expected dead-letter/);
  });

  it('expects a retraction as its revision', () => {
    const journey = through({ kind: 'retraction' });
    expect(judge(entry({ outcome: 'retracted', revision: 1 }), evidence({ journey })).fault).toBeUndefined();
    expect(judge(entry({ outcome: 'retracted', revision: 2 }), evidence({ journey })).fault).toMatch(/revision 1/);
  });

  it('takes a refusal for what it is', () => {
    const answer: Submitted = { accepted: false, status: 415, code: 'unsupported-media-type', message: 'no text' };
    expect(judge(entry(published), evidence({ answer })).fault).toMatch(/415/);
    expect(judge(entry({ outcome: 'rejected', code: answer.code }), evidence({ answer })).fault).toBeUndefined();
  });

  it('finds the dead letter of a sample that went straight to the topic', () => {
    const topic: WireEntry = { ...entry({ outcome: 'dead-letter', stage: 'ingest', code: 'contract-violation' }), door: 'topic' };
    expect(judge(topic, { sentAt }).outcome).toBeUndefined();
    const letter = { stage: 'ingest', code: 'contract-violation', detail: '' };
    expect(judge(topic, { sentAt, letter })).toMatchObject({ fault: undefined, marks: { ingest: 'dead' } });
  });
});
