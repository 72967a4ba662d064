import { Injectable } from '@nestjs/common';
import type { OriginalTextAnswer } from '@wireroom/contracts';
import { ExtractionError, decodeOriginal } from '@wireroom/extraction';
import type { StageDocument } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Binary } from 'mongodb';
import { StageData } from '../stages/stage-data.js';

interface OriginalPart extends StageDocument {
  original: Binary;
  contentType?: string;
}

export interface Original {
  bytes: Buffer;
  contentType?: string;
}

/** Originals as ingest holds them. */
@Injectable()
export class Originals {
  constructor(private readonly stages: StageData) {}

  /** Undefined where ingest has no such revision. @throws UnavailableError */
  async of(contentId: string, revision: number): Promise<Original | undefined> {
    const found = await whileMongoIsThere(() =>
      this.stages
        .documents<OriginalPart>('ingest')
        .findOne({ contentId, revision }, { projection: { original: 1, contentType: 1 } }),
    );
    return found ? { bytes: Buffer.from(found.original.buffer), contentType: found.contentType } : undefined;
  }
}

/** The text that provenance counts in: the original, decoded as the extraction decodes it. */
export function textOf({ bytes, contentType }: Original): OriginalTextAnswer {
  try {
    return { ...decodeOriginal(bytes, contentType), bytes: bytes.length };
  } catch (error) {
    if (!(error instanceof ExtractionError)) throw error;
    return { charset: 'unknown', text: '', reason: error.message, bytes: bytes.length };
  }
}
