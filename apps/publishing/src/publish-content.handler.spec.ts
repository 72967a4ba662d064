import { describe, expect, it } from '@jest/globals';
import type { ArticleData, ContentEnrichedData } from '@wireroom/contracts';
import { type Head, done, skip } from '@wireroom/pipeline';
import type { Publication } from './publication.schema.js';
import { PublishContentHandler } from './publish-content.handler.js';

function decide(data: Partial<ContentEnrichedData>, head?: Partial<Head<Publication>>): unknown {
  return new PublishContentHandler().handle({
    place: { topic: 'content.enriched.v1', partition: 0, offset: '0' },
    attributes: {},
    data: {
      contentId: 'e9ee5257-737b-527b-a9b9-ece1ad396770',
      revision: 1,
      processingVersion: 1,
      kind: 'original',
      source: 'harbour-news',
      receivedAt: '2026-04-18T18:02:55.001Z',
      article: { title: 'Ferry to Oster Holm is late' } as ArticleData,
      provenance: [],
      ...data,
    },
    head: head as Head<Publication> | undefined,
  });
}

describe('PublishContentHandler', () => {
  it('given an article, then it is published', () => {
    expect(decide({})).toEqual(done({ status: 'published', channels: ['all'] }));
  });

  it('given a correction, then it names the revision it corrects', () => {
    expect(decide({ kind: 'correction', revision: 3 }, { status: 'published', revision: 2 })).toEqual(
      done({ status: 'published', channels: ['all'], corrects: 2 }),
    );
  });

  it('given a correction of what never went out, then it is published and corrects nothing', () => {
    expect(decide({ kind: 'correction', revision: 2 })).toEqual(done({ status: 'published', channels: ['all'] }));
  });

  it('given an update, then it corrects nothing', () => {
    expect(decide({ kind: 'update', revision: 2 }, { status: 'published', revision: 1 })).toEqual(
      done({ status: 'published', channels: ['all'] }),
    );
  });

  it('given a correction that is processed again, then it corrects what it corrected', () => {
    const head = { status: 'published' as const, revision: 2, corrects: 1 };
    expect(decide({ kind: 'correction', revision: 2, processingVersion: 2 }, head)).toEqual(
      done({ status: 'published', channels: ['all'], corrects: 1 }),
    );
  });

  it('given a retraction, then the item is retracted, also when it never went out', () => {
    const retracted = done({ status: 'retracted', channels: ['all'] });
    expect(decide({ kind: 'retraction', article: undefined })).toEqual(retracted);
    expect(decide({ kind: 'retraction', revision: 2 }, { status: 'published', revision: 1 })).toEqual(retracted);
  });

  it.each(['original', 'update', 'correction'] as const)(
    'given a retracted item, then a later %s does not bring it back',
    (kind) => {
      expect(decide({ kind, revision: 3 }, { status: 'retracted', revision: 2 })).toEqual(skip('retracted'));
    },
  );

  it('given no article, then it is skipped', () => {
    expect(decide({ article: undefined })).toEqual(skip('no-article'));
  });
});
