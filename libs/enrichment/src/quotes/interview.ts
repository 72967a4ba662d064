import type { SpanData } from '@wireroom/contracts';
import type { Person } from './cast.js';
import type { Discourse } from './discourse.js';
import type { QuotedSpan } from './quotation-marks.js';

/*
 * Questions and answers, a paragraph each. Whoever answers the first question answers all of them, whomever the questions
 * name: what comes above says who that is, or the question, which begins or ends with a name.
 */

/** The answers of an interview with who gives them; undefined for a text's other quotations. */
export class Interview {
  private readonly answers: readonly QuotedSpan[];
  private readonly answering: Person | undefined;

  constructor(
    private readonly discourse: Discourse,
    private readonly paragraphs: readonly SpanData[],
    quoted: readonly QuotedSpan[],
  ) {
    this.answers = quoted.filter((span) => this.isAnswer(span));
    const first = this.answers[0];
    this.answering = first && this.whoAnswers(first.paragraph - 1);
  }

  /** Whether a quotation is all that stands below a question. */
  has(span: QuotedSpan): boolean {
    return this.answers.includes(span);
  }

  /** Who gives an answer, unless others have come up since the interview began. */
  speakerOf(span: QuotedSpan): Person | undefined {
    const between = this.paragraphs.flatMap((_, paragraph) =>
      paragraph < span.paragraph && paragraph > this.answers[0]!.paragraph && !this.isPartOfIt(paragraph)
        ? this.discourse.peopleIn(paragraph)
        : [],
    );
    return between.every((person) => person === this.answering) ? this.answering : undefined;
  }

  private isAnswer({ paragraph, open, close }: QuotedSpan): boolean {
    const own = this.paragraphs[paragraph]!;
    const isAlone = open === own.start && !/\p{L}/u.test(this.discourse.body.slice(close, own.end));
    return isAlone && this.isQuestion(paragraph - 1);
  }

  private isQuestion(paragraph: number): boolean {
    const { start = 0, end = 0 } = this.paragraphs[paragraph] ?? {};
    return /\?\s*$/.test(this.discourse.plain.slice(start, end));
  }

  private isPartOfIt(paragraph: number): boolean {
    return this.answers.some((answer) => answer.paragraph === paragraph || answer.paragraph === paragraph + 1);
  }

  private whoAnswers(question: number): Person | undefined {
    const above = this.paragraphs.slice(0, question).flatMap((_, paragraph) => this.discourse.peopleIn(paragraph));
    const people = [...new Set(above)];
    return people.length === 1 ? people[0] : this.discourse.addressedIn(question);
  }
}
