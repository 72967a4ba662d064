import type { SpanData } from '@wireroom/contracts';
import { splitParagraphs, splitSentences } from './sentences.js';
import { tokenize, type Token } from './tokens.js';

/** A text with its paragraphs, sentences and tokens, each cut once and only when asked for. */
export class TextIndex {
  private paragraphSpans?: SpanData[];
  private sentenceSpans?: SpanData[];
  private tokenList?: Token[];

  constructor(readonly body: string) {}

  get paragraphs(): readonly SpanData[] {
    return (this.paragraphSpans ??= splitParagraphs(this.body));
  }

  get sentences(): readonly SpanData[] {
    return (this.sentenceSpans ??= this.paragraphs.flatMap((paragraph) => splitSentences(this.body, paragraph)));
  }

  get tokens(): readonly Token[] {
    return (this.tokenList ??= tokenize(this.body));
  }

  slice(span: SpanData): string {
    return this.body.slice(span.start, span.end);
  }
}
