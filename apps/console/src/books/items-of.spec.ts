import { describe, expect, it } from '@jest/globals';
import type { EnrichedFacts, Facts, LetterFacts, StageFacts } from './facts.js';
import { itemsOf } from './items-of.js';

const ITEM = '7d9a5f7e-63a1-5f0e-9d43-b1a1a6f2c002';
const after = (seconds: number): Date => new Date(Date.UTC(2026, 2, 1, 8, 0, seconds));

function raw(changes: Partial<StageFacts> = {}): StageFacts {
  return {
    contentId: ITEM,
    revision: 1,
    processingVersion: 1,
    kind: 'original',
    source: 'harbour-news',
    outcome: 'done',
    storedAt: after(0),
    said: true,
    saidAt: after(1),
    saidPlace: { topic: 'content.ingested.v1', partition: 2, offset: 41 },
    ...changes,
  };
}

function enriched(changes: Partial<EnrichedFacts> = {}): EnrichedFacts {
  const place = { topic: 'content.enriched.v1', partition: 2, offset: 7 };
  const article = { hasArticle: true, title: 'Tide turns', has: ['title'], failedSteps: [] };
  return { ...raw({ storedAt: after(2), saidPlace: place }), ...article, ...changes };
}

function published(changes: Partial<StageFacts> = {}): StageFacts {
  return raw({ storedAt: after(3), saidAt: after(4), ...changes });
}

function letter(changes: Partial<LetterFacts> = {}): LetterFacts {
  return {
    _id: 'content.ingested.v1/2/9',
    stage: 'enrichment',
    contentId: ITEM,
    revision: 1,
    state: 'open',
    code: 'empty',
    lastFailedAt: after(5),
    ...changes,
  };
}

function facts(changes: Partial<Facts> = {}): Facts {
  return { ingest: [raw()], enrichment: [], publishing: [], letters: [], ...changes };
}

function endingOf(given: Facts, revision = 1): string {
  const item = itemsOf(given).find((one) => one.revision === revision)!;
  return [item.outcome, item.stage, item.code].filter((part) => part !== undefined).join(' ');
}

describe('a revision', () => {
  it.each<[string, Facts, string]>([
    ['unsaid by ingest', facts({ ingest: [raw({ said: false })] }), 'in-flight ingest'],
    ['said by ingest', facts(), 'in-flight enrichment'],
    ['enriched and unsaid', facts({ enrichment: [enriched({ said: false })] }), 'in-flight enrichment'],
    ['enriched', facts({ enrichment: [enriched()] }), 'in-flight publishing'],
    [
      'stored as published and unsaid',
      facts({ enrichment: [enriched()], publishing: [published({ said: false })] }),
      'in-flight publishing',
    ],
    ['published', facts({ enrichment: [enriched()], publishing: [published()] }), 'published publishing'],
    [
      'skipped by enrichment',
      facts({ enrichment: [enriched({ outcome: 'skipped', code: 'not-an-article', hasArticle: false })] }),
      'skipped enrichment not-an-article',
    ],
    [
      'skipped by publishing',
      facts({ enrichment: [enriched()], publishing: [published({ outcome: 'skipped', code: 'embargoed' })] }),
      'skipped publishing embargoed',
    ],
    ['set aside', facts({ letters: [letter()] }), 'dead-lettered enrichment empty'],
    ['parked', facts({ letters: [letter({ state: 'parked' })] }), 'dead-lettered enrichment empty'],
    ['discarded', facts({ letters: [letter({ state: 'discarded' })] }), 'discarded enrichment empty'],
    ['replayed', facts({ letters: [letter({ state: 'replayed' })] }), 'in-flight enrichment'],
    [
      'replayed and published',
      facts({ letters: [letter({ state: 'resolved' })], enrichment: [enriched()], publishing: [published()] }),
      'published publishing',
    ],
    [
      'set aside at publishing',
      facts({ enrichment: [enriched()], letters: [letter({ stage: 'publishing', code: 'event-too-large' })] }),
      'dead-lettered publishing event-too-large',
    ],
    [
      'set aside with an unreadable message, which its place names',
      facts({ letters: [letter({ revision: undefined, _id: 'content.ingested.v1/2/41' })] }),
      'dead-lettered enrichment empty',
    ],
    ['that ingest does not hold', facts({ ingest: [], enrichment: [enriched()] }), 'unaccepted enrichment'],
    [
      'processed again in vain',
      facts({
        enrichment: [enriched(), enriched({ processingVersion: 2, outcome: 'skipped', code: 'too-short' })],
        publishing: [published()],
      }),
      'published publishing',
    ],
  ])('%s', (_name, given, ending) => {
    expect(endingOf(given)).toBe(ending);
  });

  it('is superseded where a stage holds a later one and nothing of it', () => {
    const both = [raw(), raw({ revision: 2 })];
    const later = facts({
      ingest: both,
      enrichment: [enriched({ revision: 2 })],
      letters: [letter({ state: 'resolved' })],
    });
    expect(endingOf(later)).toBe('skipped enrichment superseded');
    expect(endingOf(later, 2)).toBe('in-flight publishing');
  });

  it('that failed stays a dead letter although a later one passed', () => {
    const both = [raw(), raw({ revision: 2 })];
    expect(endingOf(facts({ ingest: both, enrichment: [enriched({ revision: 2 })], letters: [letter()] }))).toBe(
      'dead-lettered enrichment empty',
    );
  });

  it('is superseded at publishing only once it is enriched', () => {
    const given = facts({
      ingest: [raw(), raw({ revision: 2 })],
      enrichment: [enriched({ revision: 2 })],
      publishing: [published({ revision: 2 })],
    });
    expect(endingOf(given)).toBe('skipped enrichment superseded');
    expect(endingOf({ ...given, enrichment: [enriched(), enriched({ revision: 2 })] })).toBe(
      'skipped publishing superseded',
    );
  });

  it('has the times of its first article and its first release', () => {
    const [item] = itemsOf(
      facts({
        enrichment: [enriched({ processingVersion: 2, storedAt: after(50) }), enriched()],
        publishing: [published({ processingVersion: 2, saidAt: after(52) }), published()],
      }),
    );
    expect(item).toMatchObject({
      acceptedAt: after(0),
      enrichedAt: after(2),
      publishedAt: after(4),
      processingVersion: 2,
    });
  });

  it('without words of its own is named by the one before it', () => {
    const items = itemsOf(
      facts({
        ingest: [raw(), raw({ revision: 2, kind: 'retraction' })],
        enrichment: [enriched(), enriched({ revision: 2, hasArticle: false, title: undefined, has: [] })],
      }),
    );
    expect(items.find(({ revision }) => revision === 2)).toMatchObject({ title: 'Tide turns', kind: 'retraction' });
  });
});
