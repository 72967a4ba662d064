import type { SpanData } from '@wireroom/contracts';
import { splitParagraphs, splitSentences } from './sentences.js';
import { spansIn } from './spans.js';
import { tokenize, type Token, UNSPACED, wordsOf } from './tokens.js';

/** A text with its paragraphs, sentences, tokens and words, each cut once and only when asked for. */
export class TextIndex {
  private paragraphSpans?: SpanData[];
  private sentenceSpans?: SpanData[];
  private tokenList?: Token[];
  private wordList?: Token[];
  private unspaced?: boolean;

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

  get words(): readonly Token[] {
    return (this.wordList ??= wordsOf(this.body));
  }

  /** The words of one of the sentences. */
  wordsIn(sentence: SpanData): readonly Token[] {
    // Where a script without spaces is somewhere in the body, how a sentence is cut depends on what it holds itself.
    if (this.isUnspaced) {
      return wordsOf(this.slice(sentence)).map(({ text, start, end }) => {
        return { text, start: start + sentence.start, end: end + sentence.start };
      });
    }
    return spansIn(this.words, sentence);
  }

  private get isUnspaced(): boolean {
    return (this.unspaced ??= UNSPACED.test(this.body));
  }

  slice(span: SpanData): string {
    return this.body.slice(span.start, span.end);
  }
}
