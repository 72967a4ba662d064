import { Injectable } from '@nestjs/common';
import type { ContentKind, DeadLetterState, StageName } from '@wireroom/contracts';
import type { StageDocument } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Document } from 'mongodb';
import { StageData } from '../stages/stage-data.js';

/** What a stage's document says of how a revision went there. */
export interface StageFacts extends Pick<
  StageDocument,
  | 'contentId'
  | 'revision'
  | 'processingVersion'
  | 'source'
  | 'outcome'
  | 'code'
  | 'storedAt'
  | 'traceparent'
  | 'said'
  | 'saidAt'
  | 'saidPlace'
  | 'batch'
> {
  kind: ContentKind;
  externalId?: string;
  url?: string;
}

export interface RawFacts extends StageFacts {
  /** When a source first showed it, where that was before it was accepted. */
  discoveredAt?: Date;
}

/** What enrichment found, without its text. */
export interface EnrichedFacts extends StageFacts {
  hasArticle: boolean;
  title?: string;
  bodyChars?: number;
  language?: string;
  has: string[];
  failedSteps: string[];
}

/** A dead letter of a stage behind the door. */
export interface LetterFacts {
  _id: string;
  stage: Exclude<StageName, 'ingest'>;
  contentId: string;
  revision?: number;
  state: DeadLetterState;
  code: string;
  lastFailedAt: Date;
}

/** Everything the stages hold of some items. */
export interface Facts {
  ingest: RawFacts[];
  enrichment: EnrichedFacts[];
  publishing: StageFacts[];
  letters: LetterFacts[];
}

const ARTICLE_FIELDS = ['title', 'byline', 'publishedAt', 'dateline', 'section', 'leadImage', 'canonicalUrl'];
const ARTICLE_LISTS = ['authors', 'paragraphs', 'categories', 'tags'];
const ENRICHMENT_FIELDS = ['language', 'summary', 'cluster', 'statistics'];
const ENRICHMENT_LISTS = ['entities', 'quotes', 'dates', 'topics', 'keyphrases', 'places'];

/** Names under which presence is counted, in the order they are shown. */
export const COVERED = [...ARTICLE_FIELDS, ...ARTICLE_LISTS, ...ENRICHMENT_FIELDS, ...ENRICHMENT_LISTS];

const STAGE_FIELDS: Record<string, 1> = {
  contentId: 1,
  revision: 1,
  processingVersion: 1,
  kind: 1,
  source: 1,
  outcome: 1,
  code: 1,
  storedAt: 1,
  traceparent: 1,
  said: 1,
  saidAt: 1,
  saidPlace: 1,
  batch: 1,
  externalId: 1,
  url: 1,
};

const RAW_FIELDS: Document = { ...STAGE_FIELDS, discoveredAt: 1 };

/** Counted at the database, so that no text travels. */
const ENRICHED_FIELDS: Document = {
  ...STAGE_FIELDS,
  hasArticle: isThere('$article'),
  title: '$article.title',
  language: '$enrichment.language.code',
  // The paragraphs joined by a blank line.
  bodyChars: {
    $reduce: {
      input: { $ifNull: ['$article.paragraphs.text', []] },
      initialValue: 0,
      in: { $add: ['$$value', { $strLenCP: '$$this' }, { $cond: [{ $gt: ['$$value', 0] }, 2, 0] }] },
    },
  },
  has: {
    $concatArrays: [
      ...ARTICLE_FIELDS.map((name) => nameIf(isThere(`$article.${name}`), name)),
      ...ARTICLE_LISTS.map((name) => nameIf(isFilled(`$article.${name}`), name)),
      ...ENRICHMENT_FIELDS.map((name) => nameIf(isThere(`$enrichment.${name}`), name)),
      ...ENRICHMENT_LISTS.map((name) => nameIf(isFilled(`$enrichment.${name}`), name)),
    ],
  },
  failedSteps: { $ifNull: ['$enrichment.failedSteps.step', []] },
};

function isThere(field: string): Document {
  return { $ne: [{ $type: field }, 'missing'] };
}

function isFilled(field: string): Document {
  return { $gt: [{ $size: { $ifNull: [field, []] } }, 0] };
}

function nameIf(condition: Document, name: string): Document {
  return { $cond: [condition, [name], []] };
}

/** Reads what the stages hold. */
@Injectable()
export class FactsReader {
  constructor(private readonly stages: StageData) {}

  /** @throws UnavailableError */
  async read(contentIds: string[]): Promise<Facts> {
    const filter = { contentId: { $in: contentIds } };
    const of = async <T extends StageFacts>(stage: StageName, fields: Document): Promise<T[]> => {
      const facts = await this.stages
        .documents(stage)
        .aggregate<T & Document>([{ $match: filter }, { $project: { ...fields, _id: 0 } }])
        .toArray();
      return this.stages.complete(stage, facts);
    };
    return whileMongoIsThere(async () => {
      const [ingest, enrichment, publishing, atEnrichment, atPublishing] = await Promise.all([
        of<RawFacts>('ingest', RAW_FIELDS),
        of<EnrichedFacts>('enrichment', ENRICHED_FIELDS),
        of<StageFacts>('publishing', STAGE_FIELDS),
        this.letters('enrichment', contentIds),
        this.letters('publishing', contentIds),
      ]);
      return { ingest, enrichment, publishing, letters: [...atEnrichment, ...atPublishing] };
    });
  }

  private async letters(stage: LetterFacts['stage'], contentIds: string[]): Promise<LetterFacts[]> {
    const rows = await this.stages
      .deadLetters(stage)
      .find({ contentId: { $in: contentIds } })
      .project<Omit<LetterFacts, 'stage'>>({ contentId: 1, revision: 1, state: 1, code: 1, lastFailedAt: 1 })
      .toArray();
    return rows.map((row) => ({ ...row, stage }));
  }
}
