import type { QuoteData, SpeakerData } from '@wireroom/contracts';
import { AttributionFinder, type Attribution } from '../quotes/attribution.js';
import type { Person } from '../quotes/cast.js';
import { withDialogue } from '../quotes/dialogue.js';
import { Discourse } from '../quotes/discourse.js';
import { cutIncises } from '../quotes/incises.js';
import { findIndirect } from '../quotes/indirect.js';
import { Interview } from '../quotes/interview.js';
import { isAgent, isPersonal, speechLexicon, type SpeechLexicon } from '../quotes/lexicon.js';
import { findQuoted, type QuotedSpan } from '../quotes/quotation-marks.js';
import type { NounPhrase } from '../quotes/noun-phrase.js';
import { isSpeech } from '../quotes/speech.js';
import { workingLanguage, type EnrichmentStep, type Evidence, type StepContext, type StepResult } from '../step.js';
import { datelineIn } from '../text/dateline.js';

/**
 * Direct quotations with their speakers. Nobody is quoted on words they may not have said: names,
 * titles of works and scare quotes are left out, and a quotation whose speaker can't be told has none.
 */
export const findQuotes: EnrichmentStep = {
  name: 'quotes',
  version: '1.8.0',
  run(context: StepContext): StepResult {
    const quotes = new QuoteReader(context).read();
    const evidence = quotes.map(({ quote, rule }, index): Evidence => ({
      field: `/enrichment/quotes/${index}`,
      rule,
      spans: [quote, ...(quote.speaker ? [quote.speaker] : [])].map(({ start, end }) => ({ start, end })),
    }));
    return { fields: { quotes: quotes.map(({ quote }) => quote) }, evidence };
  },
};

interface ReadQuote {
  quote: QuoteData;
  rule: string;
}

interface SpokenQuote extends ReadQuote {
  span: QuotedSpan;
  person?: Person;
}

class QuoteReader {
  private readonly body: string;
  private readonly quoted: QuotedSpan[];
  private readonly lexicon: SpeechLexicon;
  private readonly discourse: Discourse;
  private readonly finder: AttributionFinder;
  private readonly interview: Interview;
  private readonly found: SpokenQuote[] = [];

  constructor(context: StepContext) {
    this.body = context.input.body;
    this.lexicon = speechLexicon(workingLanguage(context));
    const { paragraphs } = context.text;
    const marked = findQuoted(this.body, paragraphs);
    this.quoted = cutIncises(this.body, withDialogue(this.body, paragraphs, marked, this.lexicon), this.lexicon);
    this.discourse = new Discourse(context.text, this.quoted, this.lexicon, datelineIn(context.input));
    this.finder = new AttributionFinder(this.discourse, this.lexicon, this.quoted);
    this.interview = new Interview(this.discourse, paragraphs, this.quoted);
  }

  read(): ReadQuote[] {
    this.quoted.forEach((span, index) => {
      const attribution = this.finder.find(index);
      const isAnswer = this.lexicon.tellsGender && this.interview.has(span);
      if (
        !isAnswer &&
        !isSpeech({
          body: this.body,
          span,
          attribution,
          range: this.finder.rangeBefore(index),
          reader: this.discourse.reader,
          lexicon: this.lexicon,
          isRepeated: () => this.isRepeated(span),
        })
      ) {
        this.finder.pass(index);
        return;
      }
      this.found.push(this.attribute(span, attribution));
    });
    this.passBackOverContinuations();
    this.copyFromRepeats();
    return [...this.found, ...this.readIndirect()].sort((a, b) => a.quote.start - b.quote.start);
  }

  private isRepeated(span: QuotedSpan): boolean {
    const words = plainWords(this.body.slice(span.start, span.end));
    return this.quoted.some(
      (other) => other !== span && plainWords(this.body.slice(other.start, other.end)).includes(words),
    );
  }

  private readIndirect(): ReadQuote[] {
    return findIndirect(this.body, this.discourse, this.lexicon, this.quoted).flatMap(({ quote, speaker }) => {
      const resolved = this.discourse.resolve(speaker);
      if (!resolved) return [];
      return [
        {
          quote: { ...quote, speaker: speakerData(this.body, resolved.person, speaker, resolved.confidence) },
          rule: `indirect:${speaker.kind}`,
        },
      ];
    });
  }

  private attribute(span: QuotedSpan, attribution: Attribution | undefined): SpokenQuote {
    const quote: QuoteData = {
      start: span.start,
      end: span.end,
      text: this.body.slice(span.start, span.end),
      direct: true,
    };
    if (attribution?.verb) quote.verb = attribution.verb;
    if (!attribution?.speaker && this.finder.hasUnreadSubject(attribution, span)) {
      const named = this.namedBefore(span);
      const isTheirs = named.length === 1 && this.discourse.isPossessed(named[0]!);
      return isTheirs ? this.fromNamed(quote, span, named, attribution) : { quote, rule: 'subject-unread', span };
    }
    if (attribution?.speaker) {
      const resolved = this.resolve(attribution.speaker, attribution);
      const goesOn = resolved ? undefined : this.goingOn(span, attribution, attribution.speaker);
      if (goesOn)
        return {
          quote: { ...quote, speaker: goesOn.quote.speaker! },
          rule: 'context:goes-on',
          span,
          person: goesOn.person!,
        };
      if (!resolved) return { quote, rule: `${attribution.position}:${attribution.speaker.kind}`, span };
      this.discourse.note(resolved.person, attribution.speaker, true);
      quote.speaker = speakerData(this.body, resolved.person, attribution.speaker, resolved.confidence);
      return { quote, rule: `${attribution.position}:${attribution.speaker.kind}`, span, person: resolved.person };
    }
    return this.fromContext(quote, span, attribution);
  }

  /** "ajoute le commerçant": a noun with its article that is said of nobody else is whoever spoke before in this paragraph. */
  private goingOn(span: QuotedSpan, { verb }: Attribution, { kind, determiner }: NounPhrase): SpokenQuote | undefined {
    const previous = this.found.at(-1);
    const isDefinite = kind === 'description' && !this.lexicon.possessives.has(determiner);
    const follows =
      previous?.person !== undefined && previous.quote.speaker && previous.span.paragraph === span.paragraph;
    return follows && isDefinite && this.lexicon.continuing.has(verb) ? previous : undefined;
  }

  private resolve(speaker: NounPhrase, { position, verb }: Attribution) {
    const isColonAlone = position === 'before' && verb === '';
    const possessor = isColonAlone ? this.discourse.possessorOf(speaker) : undefined;
    return possessor ?? this.discourse.resolve(speaker) ?? this.discourse.agentMeantBy(speaker);
  }

  /** No attribution of its own: the one who spoke just before, or whom the sentence before is about. */
  private fromContext(quote: QuoteData, span: QuotedSpan, attribution: Attribution | undefined): SpokenQuote {
    const previous = this.found.at(-1);
    const sameParagraph = previous?.span.paragraph === span.paragraph;
    const behind = this.namedBehind(span);
    const replying = behind && this.discourse.resolve(behind);
    if (replying) {
      quote.speaker = speakerData(this.body, replying.person, behind, 0.65);
      return { quote, rule: 'context:named-behind', span, person: replying.person };
    }
    if (this.lexicon.tellsGender && span.continued && previous?.person && previous.span.ending === 'continues') {
      quote.speaker = { ...previous.quote.speaker!, confidence: 0.8 };
      return { quote, rule: 'context:runs-on', span, person: previous.person };
    }
    const named = this.namedBefore(span);
    if (named.some((phrase) => this.discourse.resolve(phrase)?.person !== previous?.person))
      return this.fromNamed(quote, span, named, attribution);
    const from = sameParagraph ? previous.span.close : 0;
    const subject = this.subjectBetween(from, span);
    // "One baker, who would not be named, was blunter.": somebody, and nobody that we know.
    if (subject === 'unnamed') return { quote, rule: 'context:unnamed', span };
    if (subject) {
      quote.speaker = speakerData(this.body, subject.person, subject, 0.65);
      return { quote, rule: 'context:subject-before', span, person: subject.person };
    }
    if (this.lexicon.tellsGender && !sameParagraph) return this.fromAbove(quote, span, attribution);
    const leading = this.discourse.leadingTo(span.open) ?? this.reportedAbove(span);
    if (leading) {
      quote.speaker = speakerData(this.body, leading.person, leading, 0.5);
      return { quote, rule: 'context:leads-on', span, person: leading.person };
    }
    const follows = previous && (sameParagraph || previous.span.paragraph === span.paragraph - 1);
    if (!follows || !previous.person || !previous.quote.speaker) return { quote, rule: 'no-speaker', span };
    quote.speaker = { ...previous.quote.speaker, confidence: sameParagraph ? 0.8 : 0.5 };
    return { quote, rule: 'context:same-speaker', span, person: previous.person };
  }

  /** "Holt said the sums were wrong.¶ "They are. Look again."": a paragraph of nothing but a quotation, below what somebody is reported to have said. */
  private reportedAbove(span: QuotedSpan) {
    const opens = span.open === this.discourse.startOfParagraph(span.paragraph);
    const { isVerbFirst, isBorrowed } = this.lexicon;
    return opens && !isVerbFirst && !isBorrowed ? this.discourse.reporterAbove(span.paragraph) : undefined;
  }

  /** A paragraph whose speaker is not named in it: the one that those above are about, unless two speak in turn. */
  private fromAbove(quote: QuoteData, span: QuotedSpan, attribution: Attribution | undefined): SpokenQuote {
    const opens = span.open === this.discourse.startOfParagraph(span.paragraph);
    const isTurn =
      span.isDashed && this.quoted.some((other) => other.isDashed && other.paragraph === span.paragraph - 1);
    const mayGoOn = !isTurn && (opens || attribution !== undefined);
    const topic = () => (mayGoOn ? this.discourse.topicBefore(span.open) : undefined);
    const person = this.interview.has(span) ? this.interview.speakerOf(span) : topic();
    const mention = person?.mentions.findLast(({ start }) => start < span.open);
    if (!person || !mention) return { quote, rule: 'no-speaker', span };
    this.discourse.note(person, span, true);
    quote.speaker = speakerData(this.body, person, mention, 0.5);
    return { quote, rule: 'context:topic-above', span, person };
  }

  /** "For baker Noemi Haddad it is simple: "…"": a colon after the one name in its sentence; else nobody goes on speaking. */
  private fromNamed(
    quote: QuoteData,
    span: QuotedSpan,
    named: readonly NounPhrase[],
    attribution: Attribution | undefined,
  ): SpokenQuote {
    const [phrase] = named;
    const resolved = phrase && this.discourse.resolve(phrase);
    if (!resolved || named.length > 1 || attribution?.position !== 'before')
      return { quote, rule: 'context:others-named', span };
    quote.speaker = speakerData(this.body, resolved.person, phrase, 0.65);
    return { quote, rule: 'context:named-before-colon', span, person: resolved.person };
  }

  /** `"Nor did you," Holt shot back`: a known name right behind words that end in a comma, though with no verb we know. */
  private namedBehind(span: QuotedSpan): NounPhrase | undefined {
    // Where the verb comes second, no name stands right behind words that are its own.
    const runsOn = !this.lexicon.isVerbSecond && /[,!?]$/.test(this.body.slice(span.start, span.end));
    const behind = runsOn ? this.discourse.acting(this.discourse.tokenAt(span.close)) : undefined;
    return behind && !this.body.slice(span.close, behind.start).includes('\n') ? behind : undefined;
  }

  /** Everybody whom the quotation's own sentence names before it, back to other words in marks. */
  private namedBefore(span: QuotedSpan): NounPhrase[] {
    const { sentences } = this.discourse;
    const sentence = sentences[this.discourse.sentenceAt(span.open)]!;
    const marks = this.quoted.findLast(({ close }) => close <= span.open)?.close ?? 0;
    return this.discourse.peopleNamed(
      this.discourse.tokenAt(Math.max(marks, sentence.start)),
      this.discourse.tokenAt(span.open),
    );
  }

  /** The subject of the last whole sentence between two quotations of a paragraph. */
  private subjectBetween(
    from: number,
    span: QuotedSpan,
  ): { person: Person; start: number; end: number } | 'unnamed' | undefined {
    const { sentences } = this.discourse;
    const at = this.discourse.sentenceAt(span.open);
    for (let index = at - 1; index >= 0; index--) {
      const sentence = sentences[index]!;
      if (sentence.paragraph !== span.paragraph || sentence.start < from) return undefined;
      const opening =
        this.discourse.askedAbout(sentence) ??
        this.discourse.reporterOf(sentence) ??
        this.discourse.subjectOf(sentence);
      // "Accanto a lui la moglie annuisce.": the first word is no subject.
      const isSubject = opening !== undefined && !this.discourse.isOpeningWord(opening);
      const subject = isSubject ? opening : this.discourse.onlyActorOf(sentence);
      if (!subject && this.discourse.speaksOfSomebody(sentence)) return 'unnamed';
      if (subject?.kind === 'unnamed' && this.lexicon.indefinite.has(subject.determiner)) return 'unnamed';
      const isMeant = subject && subject.kind !== 'unnamed' && !this.discourse.isNoun(subject);
      const resolved = isMeant ? this.discourse.resolve(subject) : undefined;
      if (subject && !resolved && this.isUnknownPerson(subject)) return 'unnamed';
      if (subject && resolved) return { person: resolved.person, start: subject.start, end: subject.end };
    }
    return undefined;
  }

  /** "L'uomo è accusato di altri colpi.": somebody whom a Romance text doesn't name. */
  private isUnknownPerson({ kind, roles }: NounPhrase): boolean {
    const isSomebody = (word: string) => isPersonal(word, this.lexicon) || isAgent(word);
    return this.lexicon.tellsGender && kind === 'description' && roles.some(isSomebody);
  }

  /** A quotation that runs over paragraphs is spoken by whoever its last part is attributed to. */
  private passBackOverContinuations(): void {
    for (let index = this.found.length - 2; index >= 0; index--) {
      const part = this.found[index]!;
      const next = this.found[index + 1]!;
      if (part.span.ending !== 'continues' || next.span.paragraph !== part.span.paragraph + 1) continue;
      if (part.rule.startsWith('before') || !next.quote.speaker) continue;
      part.quote.speaker = next.quote.speaker;
      part.rule = 'continues-below';
    }
  }

  /** A headline quotes the text: the speaker is that of the same words further down. */
  private copyFromRepeats(): void {
    const words = this.found.map(({ quote }) => plainWords(quote.text));
    for (const [index, part] of this.found.entries()) {
      if (part.quote.speaker && (part.quote.speaker.confidence ?? 1) > 0.5) continue;
      const original = this.found.find(
        (other, at) => at !== index && other.quote.speaker && words[at]!.includes(words[index]!),
      );
      if (!original?.quote.speaker) continue;
      part.quote.speaker = original.quote.speaker;
      part.rule = 'repeated-below';
    }
  }
}

function speakerData(
  body: string,
  person: Person,
  span: { start: number; end: number },
  confidence: number,
): SpeakerData {
  return { name: person.name, text: body.slice(span.start, span.end), start: span.start, end: span.end, confidence };
}

function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
