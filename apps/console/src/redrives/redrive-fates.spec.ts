import { describe, expect, it } from '@jest/globals';
import { type LetterNow, fateAtStage, fateBeyond } from './redrive-fates.js';
import type { RedriveItemDocument } from './redrive.schema.js';

const SENT = new Date('2026-05-01T10:00:00Z');
const NOW = new Date('2026-05-01T10:00:05Z');
const LATER = new Date('2026-05-01T10:01:00Z');
const CONTENT_ID = '7ed2f2d9-578d-57b4-bc87-f3b644894512';

function item(changes: Partial<RedriveItemDocument> = {}): RedriveItemDocument {
  return {
    _id: 'r/0',
    redriveId: 'r',
    position: 0,
    stage: 'enrichment',
    letterId: 'content.ingested.v1/0/1',
    code: 'timeout',
    contentId: CONTENT_ID,
    revision: 2,
    replaysBefore: 1,
    outcome: 'sent',
    sentAt: SENT,
    ...changes,
  };
}

function letter(changes: Partial<LetterNow> = {}): LetterNow {
  return {
    _id: 'content.ingested.v1/0/1',
    state: 'replayed',
    code: 'timeout',
    replays: 2,
    lastFailedAt: new Date('2026-04-30T10:00:00Z'),
    ...changes,
  };
}

describe('what its stage made of an item', () => {
  const ended = { outcomeStage: 'enrichment', stageEndedAt: NOW, endedAt: NOW };

  it('is nothing yet while its dead letter is replayed', () => {
    expect(fateAtStage(item(), letter(), NOW)).toBeUndefined();
  });

  it('is under way when the stage is done with it', () => {
    const resolution = { outcome: 'done' as const, contentId: CONTENT_ID, revision: 3, at: NOW };
    expect(fateAtStage(item(), letter({ state: 'resolved', resolution }), NOW)).toEqual({
      outcome: 'under-way',
      contentId: CONTENT_ID,
      revision: 3,
      stageEndedAt: NOW,
    });
  });

  it.each(['skipped', 'duplicate'] as const)('is %s when the stage says so', (outcome) => {
    const resolution = { outcome, code: 'a-code', at: NOW };
    expect(fateAtStage(item(), letter({ state: 'resolved', resolution }), NOW)).toMatchObject({
      outcome,
      outcomeCode: 'a-code',
      contentId: CONTENT_ID,
      revision: 2,
      ...ended,
    });
  });

  it('is parked or failed when it failed after it was sent', () => {
    const lastFailedAt = NOW;
    expect(fateAtStage(item(), letter({ state: 'parked', lastFailedAt }), NOW)).toEqual({
      outcome: 'parked',
      outcomeCode: 'timeout',
      ...ended,
    });
    expect(fateAtStage(item(), letter({ state: 'open', code: 'other', lastFailedAt }), NOW)).toEqual({
      outcome: 'failed',
      outcomeCode: 'other',
      ...ended,
    });
  });

  it('is gone when someone discarded the dead letter, or it is not there', () => {
    expect(fateAtStage(item(), letter({ state: 'discarded' }), NOW)).toEqual({ outcome: 'gone', ...ended });
    expect(fateAtStage(item(), undefined, NOW)).toEqual({ outcome: 'gone', ...ended });
  });

  it('waits again when it was marked and never sent', () => {
    const open = letter({ state: 'open', replays: 1 });
    expect(fateAtStage(item(), open, NOW)).toBeUndefined();
    expect(fateAtStage(item(), open, LATER)).toEqual({ outcome: 'waiting' });
  });
});

describe('what the stages behind made of an item', () => {
  const enriched = { contentId: CONTENT_ID, revision: 2, outcome: 'done' as const, said: true };
  const underWay = item({ outcome: 'under-way' });

  function downstream(publishing: object[], letters: object[] = []): Parameters<typeof fateBeyond>[1] {
    return {
      documents: new Map([
        ['enrichment', [enriched]],
        ['publishing', publishing],
      ]),
      letters: new Map([['publishing', letters]]),
    } as Parameters<typeof fateBeyond>[1];
  }

  it('is nothing yet while publishing has not stored it, or not said it', () => {
    expect(fateBeyond(underWay, downstream([]), NOW)).toBeUndefined();
    expect(fateBeyond(underWay, downstream([{ ...enriched, said: false }]), NOW)).toBeUndefined();
  });

  it('is published when publishing has said it', () => {
    expect(fateBeyond(underWay, downstream([enriched]), NOW)).toEqual({
      outcome: 'published',
      outcomeStage: 'publishing',
      endedAt: NOW,
    });
  });

  it('is skipped, passed by a newer revision, or dead again further on', () => {
    const at = { outcomeStage: 'publishing', endedAt: NOW };
    expect(fateBeyond(underWay, downstream([{ ...enriched, outcome: 'skipped', code: 'x' }]), NOW)).toEqual({
      outcome: 'skipped',
      outcomeCode: 'x',
      ...at,
    });
    expect(fateBeyond(underWay, downstream([{ ...enriched, revision: 3 }]), NOW)).toEqual({
      outcome: 'duplicate',
      ...at,
    });
    const dead = { contentId: CONTENT_ID, revision: 2, code: 'no-channel', lastFailedAt: NOW };
    expect(fateBeyond(underWay, downstream([], [dead]), NOW)).toEqual({
      outcome: 'dead-lettered',
      outcomeCode: 'no-channel',
      ...at,
    });
    expect(fateBeyond(underWay, downstream([], [{ ...dead, lastFailedAt: new Date(0) }]), NOW)).toBeUndefined();
  });
});
