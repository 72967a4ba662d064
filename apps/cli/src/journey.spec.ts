import type { JourneyStep } from '@wireroom/contracts';
import { type Journey, endingOf, timesOf } from './journey.js';

const at = (seconds: number): string => new Date(Date.UTC(2026, 2, 1, 8, 0, seconds)).toISOString();
const place = { topic: 'content.published.v1', partition: 0, offset: '1' };

const step = (fields: Partial<JourneyStep>): JourneyStep => ({
  stage: 'ingest',
  revision: 1,
  kind: 'original',
  outcome: 'done',
  storedAt: at(0),
  said: place,
  ...fields,
});

const journey = (fields: Partial<Journey> = {}): Journey => ({
  ingest: [step({})],
  enrichment: [step({ stage: 'enrichment', storedAt: at(1) })],
  publishing: [step({ stage: 'publishing', storedAt: at(3) })],
  ...fields,
});

describe('endingOf', () => {
  it('calls a revision published once it was said', () => {
    expect(endingOf(journey(), 1)?.outcome).toBe('published');
    const unsaid = journey({ publishing: [step({ stage: 'publishing', said: undefined })] });
    expect(endingOf(unsaid, 1)).toBeUndefined();
  });

  it('tells a retraction', () => {
    const retraction = step({ stage: 'publishing', kind: 'retraction', revision: 2 });
    expect(endingOf(journey({ publishing: [retraction] }), 2)?.outcome).toBe('retracted');
  });

  it('leaves a revision on its way open', () => {
    expect(endingOf(journey({ publishing: [] }), 1)).toBeUndefined();
    expect(endingOf(journey(), 2)).toBeUndefined();
  });

  it('names the stage that skipped it', () => {
    const skipped = step({ stage: 'enrichment', outcome: 'skipped', code: 'too-short' });
    const ending = endingOf(journey({ enrichment: [skipped], publishing: [] }), 1);
    expect(ending).toMatchObject({ outcome: 'skipped', step: { stage: 'enrichment', code: 'too-short' } });
  });

  it('takes a dead letter for the revision that got no further, not for a later one', () => {
    const dead = step({ stage: 'enrichment', outcome: 'dead-lettered', code: 'undecodable', storedAt: at(2) });
    const stuck = journey({
      ingest: [step({}), step({ revision: 2, storedAt: at(5) })],
      enrichment: [dead],
      publishing: [],
    });
    expect(endingOf(stuck, 1)).toMatchObject({ outcome: 'dead-lettered', step: { code: 'undecodable' } });
    expect(endingOf(stuck, 2)).toBeUndefined();
  });

  it('forgets a dead letter that was replayed with success', () => {
    const dead = step({ stage: 'enrichment', outcome: 'dead-lettered', storedAt: at(1) });
    const done = step({ stage: 'enrichment', storedAt: at(2) });
    expect(endingOf(journey({ enrichment: [done, dead] }), 1)?.outcome).toBe('published');
  });
});

describe('timesOf', () => {
  it('counts each stage from the one before, ingest from the sending', () => {
    expect(timesOf(journey(), 1, Date.parse(at(0)) - 40)).toEqual({ ingest: 40, enrichment: 1000, publishing: 2000 });
  });

  it('stops where the revision has not come', () => {
    expect(timesOf(journey({ publishing: [] }), 1)).toEqual({ enrichment: 1000 });
    expect(timesOf(journey({ enrichment: [] }), 1)).toEqual({});
  });
});
