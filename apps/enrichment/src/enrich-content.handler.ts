import { Controller } from '@nestjs/common';
import { type ArticleData, ContentIngested, type ContentIngestedData } from '@wireroom/contracts';
import { type Outcome, PermanentError, type ReceivedEvent, StageHandler, done, skip } from '@wireroom/pipeline';
import { ContentReader } from './content-reader.js';
import { OriginalSource } from './original-source.js';
import type { ReadAnswer, ReadContent } from './read-content.js';
import { EnrichmentSteps } from './steps/enrichment-steps.js';
import { StepMetrics } from './steps/step-metrics.js';

/** Pages that should have held something: an operator must see them, where other pages that are no article are only counted. */
const NOTHING_TO_READ = new Set<string>(['empty', 'empty-shell']);

/** The rules of the stage: what an original says, in the article's own words. */
@Controller()
export class EnrichContentHandler {
  constructor(
    private readonly originals: OriginalSource,
    private readonly reader: ContentReader,
    private readonly steps: EnrichmentSteps,
    private readonly metrics: StepMetrics,
  ) {}

  /** Decides what to store and what to say next; writes nothing itself. */
  @StageHandler(ContentIngested)
  async handle({ data }: ReceivedEvent<ContentIngestedData>): Promise<Outcome<ReadContent>> {
    if (data.kind === 'retraction') return done({ provenance: [] });

    const bytes = await this.originals.bytesOf(data);
    const answer = await this.reader.read({
      bytes,
      contentType: data.contentType,
      url: data.url,
      publishedAt: data.publishedAt,
    });
    if (answer.kind === 'article' && saysSomething(answer.article)) return done(await this.complete(data, answer));
    if (answer.kind === 'article') throw new PermanentError('empty', 'neither a headline nor a body was found in it');
    if (NOTHING_TO_READ.has(answer.pageKind))
      throw new PermanentError('empty', `the page holds no text (${answer.pageKind})`);
    return skip(`not-article-${answer.pageKind}`);
  }

  /** Adds what steps outside this process say. */
  private async complete(data: ContentIngestedData, answer: ReadArticle): Promise<ReadContent> {
    const { article, enrichment, provenance, took, reasons } = answer;
    this.metrics.record(enrichment, took, reasons);
    const enriched = await this.steps.ask(article, data.publishedAt, { enrichment, provenance }, this.metrics.watch);
    return readContentOf(data, { ...answer, ...enriched });
  }
}

type ReadArticle = Extract<ReadAnswer, { kind: 'article' }>;

function readContentOf(data: ContentIngestedData, answer: ReadArticle): ReadContent {
  const { charset, format, article, enrichment, provenance, signature } = answer;
  const original = {
    ...(data.contentType === undefined ? {} : { contentType: data.contentType }),
    charset,
    format,
    sha256: data.originalSha256,
    bytes: data.originalBytes,
  };
  return { original, article, enrichment, provenance, signature };
}

const WORD = /[\p{L}\p{N}]/u;

/** A flash may be a headline alone; what has no word in headline and body was not read right. */
function saysSomething({ title = '', paragraphs }: ArticleData): boolean {
  return WORD.test(title) || paragraphs.some(({ text }) => WORD.test(text));
}
