import { firstFrom } from '../text/spans.js';
import type { PlainSentence, Discourse } from './discourse.js';
import { isPastForm } from '../dates/english-verbs.js';
import { readCjkAttribution } from './cjk-attribution.js';
import { genderOfGivenName } from './given-names.js';
import { BODIES, isPersonal, isRole, THAT, type SpeechLexicon } from './lexicon.js';
import { isSomebody, type NounPhrase } from './noun-phrase.js';
import type { QuotedSpan } from './quotation-marks.js';

/** What the words around a quotation say of it. */
export interface Attribution {
  /**
   * `after` and `before`: a speech verb stands there; `clause`: the quote is part of a reported clause;
   * `subject`: the sentence says of the quote whose words it is.
   */
  position: 'after' | 'before' | 'clause' | 'according-to' | 'subject';
  verb: string;
  speaker?: NounPhrase;
}

const JOINING = new Set(
  'and or but that und oder aber dass et ou mais que y o pero e ma che mas en of dat och att og at'.split(' '),
);
/** What opens an English clause beside that of the main verb. */
const SUBORDINATING = new Set('after while when although though whereas because'.split(' '));
/** "hieß es", "luidt het", "lê-se": somewhere, by nobody in person. */
const CAN_BE_READ =
  /^(?:(?:hieß|heißt) es|(?:luidt|luidde|klinkt|klonk) het|s[ei] (?:lee|legge|lit)|(?:lê|lit|peut|pouvait) - (?:se|on))\b/;
/** Words that open a clause on the person before their comma. */
const RELATIVES = new Set('qui quien que che who'.split(' '));
const FARTHEST_VERB = 24;
/** Tokens between an inverted verb and its subject. */
const LONGEST_ADVERBIAL = 8;
/** Tokens from a noun for what is said to whose words it is. */
const FARTHEST_UTTERANCE = 5;
/** Verbs of speech whose third person is a plural. */
const PLURALS = new Set(
  'demands claims reports answers notes calls comments rules hopes fears remarks cries'.split(' '),
);
/** What stands before where something or somebody is. */
const WHERE = new Set('in on at above outside inside over under behind near'.split(' '));
/** What somebody does who does not say it. */
const UNWILLING = /^(?:refus|declin|fail|forg[eo]t|unable|wait|want|plan|hope|seem|appear|likely|not$)/;
/** Tokens of how somebody answers, between the verb and a colon: "risponde [sicura]:". */
const LONGEST_MANNER = 2;

/** What a preposition becomes with the article behind it: "na opinião do", "a detta della". */
const CONTRACTIONS: Record<string, ReadonlySet<string>> = {
  de: new Set("du des d' d’ del do da dos das".split(' ')),
  di: new Set("del della dello dell' dell’ dei degli delle d' d’".split(' ')),
  a: new Set("al alla allo all' all’ ai agli alle".split(' ')),
};
/** "pour qui", "secondo cui", "per la quale": who is spoken of right before. */
const RELATIVES_OF_SOURCES = new Set('qui lequel laquelle quien quem cui quale cual qual'.split(' '));
/** Those that have an article or are written with one: "il quale", "o qual". */
const RELATIVE_NOUNS = new Set('lequel laquelle quale cual qual'.split(' '));
/** Prepositions that stand before how somebody speaks: "en retour", "em tom sereno". */
const MANNERS = new Set('en em in por per par con com avec entre sin sem sans de di d’'.split(' '));
/** "sans dire que": not said. */
const WITHOUT = new Set('sans senza sin sem'.split(' '));
/** Tokens from a verb to the infinitive that it leads to. */
const FARTHEST_INFINITIVE = 5;

/** Patterns of what participles end in, which take long to write. */
const participles = new Map<string, RegExp>();

/** What takes up the words before: "Lo [ha detto]", "Así lo [dijo]", "C’est ce qu’[a dit]", "Foi o que [disse]". */
const TAKES_UP =
  /^(?:(?:Così|Così l['’]|Lo|L['’]|È quanto|È ciò che|Así lo|Es lo que|Fue lo que|Foi o que|É o que|Assim)(?:\s|(?<=['’]))|C['’]est ce qu(?:e\s|['’]))/u;

/** Looks for who is said to have spoken a quotation, in the sentence that holds it. */
export class AttributionFinder {
  private readonly passed = new Set<QuotedSpan>();

  constructor(
    private readonly discourse: Discourse,
    private readonly lexicon: SpeechLexicon,
    private readonly quoted: readonly QuotedSpan[],
  ) {}

  /** The attribution of the quotation at `index`, undefined where its sentence gives none. */
  find(index: number): Attribution | undefined {
    const quote = this.quoted[index]!;
    return (
      this.shared(index) ??
      this.interrupted(index) ??
      this.outcry(index) ??
      this.asSubject(index) ??
      this.agentOfNaming(index) ??
      this.goingOn(index) ??
      this.cjk(quote) ??
      this.accordingTo(index) ??
      this.asPutBy(index) ??
      this.opinionOf(index) ??
      this.opinionOfAntecedent(index) ??
      this.sameSource(index) ??
      this.colonBefore(index) ??
      this.after(quote, index) ??
      this.before(quote, index) ??
      this.toldBehind(quote) ??
      this.presentedBehind(quote) ??
      this.pronounBehind(index) ??
      this.byUnknownVerb(index) ??
      this.stated(index) ??
      this.inReportedMood(index)
    );
  }

  /** "La otra parte no se inmuta: «…»": a subject that is no phrase we know, and so is nobody above. */
  hasUnreadSubject(attribution: Attribution | undefined, span: QuotedSpan): boolean {
    // Where no subject may be left out, there is one behind the verb.
    if (attribution?.position === 'after' && this.lexicon.tellsGender && !this.lexicon.dropsPronoun) return true;
    if (attribution?.position !== 'before' || !this.lexicon.tellsGender) return false;
    const { first, last } = this.rangeBefore(this.quoted.indexOf(span));
    const opening = this.skipMarks(first, last);
    return (
      opening < last && this.lexicon.determiners.has(this.reader.lower(opening)) && !this.reader.isVerb(opening + 1)
    );
  }

  /** Words in marks that nobody spoke, so that a sentence runs on across them: `X, who wrote "Her Song", said "…"`. */
  pass(index: number): void {
    this.passed.add(this.quoted[index]!);
  }

  /** The quotation before the one at `index`, titles and the like left out. */
  private previous(index: number): QuotedSpan | undefined {
    return this.quoted.slice(0, index).findLast((span) => !this.passed.has(span));
  }

  /** Token range between the end of the previous quotation (or the sentence's start) and this one. */
  rangeBefore(index: number): { first: number; last: number; sentence: PlainSentence } {
    const quote = this.quoted[index]!;
    const sentence = this.sentenceOf(quote.open);
    const previous = this.previous(index);
    const from = previous && previous.close > sentence.start ? this.discourse.tokenAt(previous.close) : sentence.first;
    return { first: from, last: this.discourse.tokenAt(quote.open), sentence };
  }

  private rangeAfter(index: number): { first: number; last: number } {
    const quote = this.quoted[index]!;
    const next = this.quoted[index + 1];
    const sentence = this.attributingSentence(quote) ?? this.sentenceOf(quote.close - 1);
    const end = next ? Math.min(sentence.last, this.discourse.tokenAt(next.open)) : sentence.last;
    return { first: this.discourse.tokenAt(quote.close), last: end };
  }

  /** `"Did you read it?" Judge Holt asked.`: a capital after a question makes a sentence of its own of who asks. */
  private attributingSentence(quote: QuotedSpan): PlainSentence | undefined {
    const { plain, sentences } = this.discourse;
    if (this.lexicon.isVerbSecond || !/[?!…]/.test(plain.charAt(quote.end - 1))) return undefined;
    const behind = sentences[this.discourse.sentenceAt(quote.close - 1) + 1];
    const follows = behind?.paragraph === quote.paragraph && behind.first === this.discourse.tokenAt(quote.close);
    const verb = follows
      ? this.verbsIn(behind.first, Math.min(behind.last, behind.first + FARTHEST_VERB))[0]
      : undefined;
    if (!behind || verb === undefined || !this.lexicon.direct.has(this.reader.lower(verb))) return undefined;
    const opensIt = this.reader.endingAt(verb, behind.first)?.first === behind.first;
    const next = this.reader.lower(verb + 1);
    return opensIt && (/^[.,]$/.test(next) || this.lexicon.boundaries.has(next)) ? behind : undefined;
  }

  private sentenceOf(offset: number): PlainSentence {
    const { sentences } = this.discourse;
    return sentences[this.discourse.sentenceAt(offset)]!;
  }

  private get reader() {
    return this.discourse.reader;
  }

  /** `called it "reckless" and "badly timed"`: the second fragment is attributed with the first. */
  private shared(index: number): Attribution | undefined {
    const range = this.rangeBefore(index);
    const previous = this.quoted[index - 1];
    if (
      !previous ||
      previous.close <= range.sentence.start ||
      (range.last - range.first > 2 && !this.isSameClause(range)) ||
      range.first === range.last
    )
      return undefined;
    const joined =
      this.isSameClause(range) || this.reader.words(range.first, range.last).every((word) => JOINING.has(word));
    return joined && !/[.!?]/.test(this.reader.text(range.first)) ? this.find(index - 1) : undefined;
  }

  /** `"It is glue," she goes on, holding up a pot, "and patience"`: the sentence in marks goes on behind who says it. */
  private interrupted(index: number): Attribution | undefined {
    const { first, last, sentence } = this.rangeBefore(index);
    const quote = this.quoted[index]!;
    const previous = this.quoted[index - 1];
    const { body } = this.discourse;
    const goesOn = this.reader.text(last - 1) === ',' && /^\p{Ll}/u.test(body.slice(quote.start, quote.start + 1));
    const isSplit =
      previous !== undefined && previous.close > sentence.start && /[,–—]/.test(body.charAt(previous.end - 1));
    if (this.lexicon.isVerbFirst || !goesOn || !isSplit || this.verbsIn(first + 3, last).length > 0) return undefined;
    const attribution = this.find(index - 1) ?? this.actingBehind(first);
    return attribution?.position === 'after' ? attribution : undefined;
  }

  /** `"…," Holt goes on`: somebody known, and what they do. */
  private actingBehind(first: number): Attribution | undefined {
    const speaker = this.discourse.acting(first);
    return speaker && { position: 'after', verb: this.reader.lower(speaker.last), speaker };
  }

  /** "dijo que era «…» y que tenía «…»", `said it was "…" and that it had "…"`: a second clause of what is reported. */
  private isSameClause({ first, last }: { first: number; last: number }): boolean {
    const from = this.reader.text(first) === ',' ? first + 1 : first;
    const isOpen = JOINING.has(this.reader.lower(from)) && this.verbsIn(first, last).length === 0;
    const isThat = THAT.has(this.reader.lower(from + 1));
    const { tellsGender, isVerbFirst, copulas, auxiliaries } = this.lexicon;
    // "said it was "unsafe" and patients were "left to improvise"": English may leave out its "that".
    const before = this.reader.lower(last - 1);
    const isTold = !isVerbFirst && (copulas.has(before) || auxiliaries.has(before));
    return isOpen && ((isThat && (tellsGender || !isVerbFirst)) || isTold);
  }

  private cjk(quote: QuotedSpan): Attribution | undefined {
    const found = readCjkAttribution(this.discourse.plain, quote);
    if (!found) return undefined;
    const first = this.discourse.tokenAt(found.start);
    const speaker: NounPhrase = {
      kind: 'name',
      start: found.start,
      end: found.end,
      first,
      last: first + 1,
      name: found.name,
      roles: [],
      determiner: '',
    };
    return { position: found.position, verb: found.verb, speaker };
  }

  /** `X said: "…"`, `Said X: "…"`, `X: "…"`. */
  private colonBefore(index: number): Attribution | undefined {
    const range = this.rangeBefore(index);
    return (range.first === range.last ? this.colonAbove(index) : undefined) ?? this.leadingTo(range);
  }

  /** `Holt said:`, and the quotation in a paragraph of its own. */
  private colonAbove(index: number): Attribution | undefined {
    const { open, paragraph } = this.quoted[index]!;
    const above = this.discourse.sentences[this.discourse.sentenceAt(open) - 1];
    const opens = open === this.discourse.startOfParagraph(paragraph);
    if (!opens || above?.paragraph !== paragraph - 1 || this.lexicon.tellsGender) return undefined;
    const led = this.leadingTo({ first: above.first, last: above.last, sentence: above });
    return led?.verb && led.speaker ? led : undefined;
  }

  /** Whose words a colon leads to. */
  private leadingTo(range: { first: number; last: number; sentence: PlainSentence }): Attribution | undefined {
    if (!/^[:：]$/.test(this.reader.text(range.last - 1))) return undefined;
    const source = this.sourceBefore(range.first, range.last - 1);
    if (source) return { position: 'before', verb: '', speaker: source };
    const verbs = this.verbsIn(range.first, range.last);
    for (const verb of verbs.toReversed()) {
      const speaker =
        this.subjectOfRelative(verb, range) ??
        this.antecedent(verb, range.first) ??
        this.subjectAround(verb, range.first, range.last) ??
        this.subjectJoined(verb, range) ??
        (verb === range.first ? this.reader.startingAt(verb + 1, range.last) : undefined);
      if (speaker) return { position: 'before', verb: this.reader.lower(verb), speaker };
    }
    const subject =
      this.ownerOfUtterance(range) ??
      this.discourse.subjectOf({ ...range.sentence, first: range.first, last: range.last });
    const isLast = verbs.length > 0 && verbs.at(-1)! >= range.last - 1 - LONGEST_MANNER;
    const answering = isLast && this.opensWithPhrase(range.first);
    const speaker =
      subject && !this.isManner(subject) && !this.isEnglishManner(subject) && !this.isNounAlone(subject) && !answering
        ? subject
        : undefined;
    return { position: 'before', verb: verbs.length ? this.reader.lower(verbs.at(-1)!) : '', speaker };
  }

  /** "Holt’s reply was short:", "Dr Holt’s advice to others:": whose words an English sentence announces. */
  private ownerOfUtterance({ first, last }: { first: number; last: number }): NounPhrase | undefined {
    if (this.lexicon.isVerbFirst) return undefined;
    for (let at = first + 1; at < Math.min(last, first + LONGEST_ADVERBIAL); at++) {
      if (!/^['’]s?$/.test(this.reader.text(at))) continue;
      const owner = this.reader.startingAt(first, at);
      const isTheirs = owner?.kind === 'name' && owner.last === at;
      const isSaid = [1, 2].some((ahead) => this.lexicon.utterances.has(this.reader.lower(at + ahead)));
      return isTheirs && isSaid ? owner : undefined;
    }
    return undefined;
  }

  /** "A statement from the energy company X:", "drawing a retort from Judge X:": behind a noun for what is said. */
  private sourceBefore(first: number, colon: number): NounPhrase | undefined {
    const speaker = this.sourceIn(first, colon);
    return speaker?.last === colon ? speaker : undefined;
  }

  private sourceIn(first: number, last: number): NounPhrase | undefined {
    const { sources, determiners } = this.lexicon;
    for (let at = last - 2; at > first; at--) {
      if (!sources.has(this.reader.lower(at)) || !this.isBehindUtterance(at, first)) continue;
      let name = determiners.has(this.reader.lower(at + 1)) ? at + 2 : at + 1;
      while (name < last && /^\p{Ll}{3}/u.test(this.reader.text(name))) name++;
      const run = this.reader.nameRun(name, last);
      const speaker = run && this.reader.startingAt(at + 1, run.last);
      return speaker?.kind === 'name' ? speaker : undefined;
    }
    return undefined;
  }

  /** "statement from", "update on power from". */
  private isBehindUtterance(source: number, first: number): boolean {
    for (let at = source - 1; at >= Math.max(first, source - FARTHEST_UTTERANCE); at--) {
      if (this.lexicon.utterances.has(this.reader.lower(at))) return true;
      if (this.reader.isVerb(at) || /^[,;–—]$/.test(this.reader.text(at))) return false;
    }
    return false;
  }

  /** "ein Wort, das Kortholt nicht mag:": a noun or an opening word, where "sein Fazit:" is somebody's. */
  private isNounAlone(subject: NounPhrase): boolean {
    const isNoun = this.discourse.isNoun(subject) && !this.lexicon.possessives.has(subject.determiner);
    return isNoun || this.discourse.isOpeningWord(subject);
  }

  /** "Une explication que balaie la déléguée X :": behind the verb, where the clause is about a thing. */
  private subjectOfRelative(verb: number, { first, last }: { first: number; last: number }): NounPhrase | undefined {
    const relative = this.startOfVerb(verb, first) - 1;
    if (!this.lexicon.tellsGender || relative <= first || !/^(?:qu[e'’]|che)$/.test(this.reader.lower(relative)))
      return undefined;
    const about = this.reader.endingAt(relative, first);
    return about && !isSomebody(about) ? this.somebodyFrom(this.skipClitics(verb + 1, last), last) : undefined;
  }

  /** `"…," said X`, `"…," X said`, `"…," X, who owns it, told reporters`. */
  private after(quote: QuotedSpan, index: number): Attribution | undefined {
    const range = this.rangeAfter(index);
    const first = this.skipMarks(this.afterStrayMark(range.first, range.last), range.last);
    const opening = this.reader.lower(first);
    if (opening === this.lexicon.behindQuotes) return this.namedBehind(first, range.last, 'after');
    if (first >= range.last || (this.opensOther(opening) && !this.reader.isCapital(first))) return undefined;
    const infinitive = this.infinitiveBehind(first, range.last);
    const verb = infinitive ?? this.verbsIn(first, Math.min(range.last, first + FARTHEST_VERB))[0];
    if (verb === undefined) return undefined;
    const isSecond = infinitive !== undefined;
    if (this.skipAuxiliaries(first, verb) === verb || isSecond) {
      if (this.isParticiple(verb) && !isSecond) return undefined;
      return {
        position: 'after',
        verb: this.reader.lower(verb),
        speaker: this.invertedSubject(this.skipClitics(verb + 1, range.last), range.last),
      };
    }
    const cited = this.citedBy(verb, range.last) ?? this.citedPassively(first, verb, range.last);
    if (cited) return { position: 'after', verb: this.reader.lower(verb), speaker: cited };
    const speaker = this.reader.endingAt(verb, first);
    if (!speaker || (!this.opensWith(first, speaker) && !this.commaBetween(first, verb))) return undefined;
    // „…“ Karl Meier fragte nach dem Preis: where the verb comes second, this is a sentence of its own.
    if (this.lexicon.isVerbSecond && speaker.first === first) return undefined;
    return { position: 'after', verb: this.reader.lower(verb), speaker };
  }

  /** `"…"¶ That was Ann Renn, a biologist`: an English sentence behind it that says whose words they were. */
  private presentedBehind({ close }: QuotedSpan): Attribution | undefined {
    const { plain, sentences } = this.discourse;
    const behind = sentences[firstFrom(sentences, close)];
    const isNext = behind !== undefined && /^\s*$/.test(plain.slice(close, behind.start));
    const opening = isNext
      ? /^(?:That (?:was|is)|That['’]s|So sa(?:ys|id)) /.exec(plain.slice(behind.start, behind.end))
      : null;
    if (this.lexicon.isVerbFirst || !behind || !opening) return undefined;
    const speaker = this.reader.startingAt(this.discourse.tokenAt(behind.start + opening[0].length), behind.last);
    const isPerson = speaker?.kind === 'name' && this.discourse.cast.byName(speaker.name) !== undefined;
    return isPerson ? { position: 'after', verb: '', speaker } : undefined;
  }

  /** `"…". Lo ha detto la sindaca.`, `"…". Así lo aseguró X.`: a sentence that takes up what stands in the marks. */
  private toldBehind({ close, paragraph }: QuotedSpan): Attribution | undefined {
    const { plain, sentences } = this.discourse;
    const behind = sentences[firstFrom(sentences, close)];
    if (behind?.paragraph !== paragraph || /[^\s.”"»]/.test(plain.slice(close, behind.start))) return undefined;
    const opening = TAKES_UP.exec(plain.slice(behind.start, behind.end))?.[0];
    if (!this.lexicon.tellsGender || opening === undefined) return undefined;
    const from = this.discourse.tokenAt(behind.start + opening.length);
    const verb = this.verbsIn(from, Math.min(behind.last, from + FARTHEST_VERB))[0];
    if (verb === undefined || this.skipAuxiliaries(from, verb) !== verb) return undefined;
    const speaker = this.invertedSubject(this.skipClitics(verb + 1, behind.last), behind.last);
    return speaker && { position: 'after', verb: this.reader.lower(verb), speaker };
  }

  /** "si limita a dire", "se apresuró a aclarar", "tient à préciser": what is done is to speak. */
  private infinitiveBehind(first: number, last: number): number | undefined {
    const verb = this.skipAuxiliaries(first, last);
    for (let at = verb + 1; at < Math.min(last, verb + FARTHEST_INFINITIVE) && this.mayBeVerb(verb); at++) {
      const isGerund = this.isParticiple(at) && this.reader.isVerb(at);
      if (isGerund || this.lexicon.infinitives.has(this.reader.lower(at))) return at;
      const { auxiliaries, prepositions } = this.lexicon;
      const word = this.reader.lower(at);
      if (!auxiliaries.has(word) && !prepositions.has(word) && word !== '-') return undefined;
    }
    return undefined;
  }

  /** A word that begins no attribution; "se" of "se defendió" does, where it also means "if". */
  private opensOther(word: string): boolean {
    const { boundaries, auxiliaries, tellsGender } = this.lexicon;
    return boundaries.has(word) && !(tellsGender && auxiliaries.has(word));
  }

  /** `said X`, `dijo entre lágrimas X`, `a déclaré à l'agence X`: past where, how and to whom, in languages that put them first. */
  private invertedSubject(from: number, last: number): NounPhrase | undefined {
    const first = this.skipDay(this.skipAdverbs(from, last));
    const next = this.reader.startingAt(first, last);
    if (!next && first < last && this.isAnybody(first)) return { ...this.reader.pronounAt(first), kind: 'unnamed' };
    const isManner = next !== undefined && this.isManner(next);
    const mayFollow = isManner || this.lexicon.boundaries.has(this.reader.lower(first));
    if ((next && !isManner) || !this.lexicon.isVerbFirst || !mayFollow) return next;
    for (let at = first + 1; at < Math.min(last, first + LONGEST_ADVERBIAL); at++) {
      if (/^[,.;:–—]$/.test(this.reader.text(at))) return undefined;
      if (!this.startsSubject(at, first) && !this.startsFullName(at) && !this.isKnownBehindManner(at)) continue;
      const speaker = this.reader.startingAt(at, last);
      if (speaker && isSomebody(speaker)) return speaker;
    }
    return undefined;
  }

  /** "gritó alguien", "contestó otro". */
  private isAnybody(at: number): boolean {
    return this.lexicon.tellsGender && this.lexicon.indefinite.has(this.reader.lower(at));
  }

  /** "Then, more seriously:": words without an article that no verb follows. */
  private isEnglishManner({ kind, determiner, roles }: NounPhrase): boolean {
    return kind === 'unnamed' && determiner === '' && roles.at(-1)?.endsWith('ly') === true;
  }

  /** "dice [sonriendo]", "E poi, [serio]:": words without an article are no subject in Romance languages. */
  private isManner({ kind, determiner, roles }: NounPhrase): boolean {
    const isBare = this.lexicon.tellsGender && kind === 'unnamed' && determiner === '';
    return isBare && !roles.some((word) => isRole(word));
  }

  /** "zei [gisteren] X", "sagte [vergangene Woche] X". */
  private skipAdverbs(from: number, last: number): number {
    if (!this.lexicon.isVerbFirst) return from;
    let at = from;
    while (
      at < last &&
      (this.lexicon.adverbs.has(this.reader.lower(at)) || this.lexicon.times.has(this.reader.lower(at)))
    )
      at += this.lexicon.adverbs.has(this.reader.lower(at)) ? 1 : 2;
    return this.skipAuxiliaries(at, last);
  }

  /** "a déclaré [mardi soir] la maire", "sagte [am Montagabend] X", "dijo [el lunes] la alcaldesa", "ha detto [ieri] la sindaca". */
  private skipDay(from: number): number {
    const { days, dayParts, determiners, prepositions } = this.lexicon;
    const word = this.reader.lower(from);
    let at = determiners.has(word) || prepositions.has(word) ? from + 1 : from;
    if (!days.has(this.reader.lower(at))) return from;
    do at++;
    while (dayParts.has(this.reader.lower(at)));
    return at;
  }

  /** "a ironisé en retour Blaise Amstuz": a known name behind words that neither have an article nor are somebody. */
  private isKnownBehindManner(at: number): boolean {
    const [manner, noun] = [this.reader.lower(at - 2), this.reader.lower(at - 1)];
    const isManner =
      MANNERS.has(manner) && /^\p{Ll}{3}/u.test(this.reader.text(at - 1)) && !isPersonal(noun, this.lexicon);
    return (
      this.lexicon.tellsGender &&
      isManner &&
      !this.lexicon.boundaries.has(noun) &&
      !!this.discourse.peopleNamed(at, at + 3)[0]
    );
  }

  /** An article or an office that no preposition stands before. */
  private startsSubject(at: number, first: number): boolean {
    const isAfterPreposition = this.lexicon.boundaries.has(this.reader.lower(at - 1));
    const opens = this.lexicon.determiners.has(this.reader.lower(at)) || isRole(this.reader.lower(at));
    // "dijo ante la jueza": neither the article nor what it belongs to.
    const isInside = this.lexicon.tellsGender && this.lexicon.determiners.has(this.reader.lower(at - 1));
    return at > first + 1 && !isAfterPreposition && !isInside && opens;
  }

  /** "a confié à l’AFP [Anna Holm]", "scrive su Facebook [Anna Holm]": a given name and another, and no object. */
  private startsFullName(at: number): boolean {
    const before = this.reader.lower(at - 1);
    const isObject = this.lexicon.prepositions.has(before) || this.lexicon.determiners.has(before);
    const isName = genderOfGivenName(this.reader.text(at)) !== undefined && this.reader.isCapital(at + 1);
    return this.reader.isCapital(at) && isName && !isObject && genderOfGivenName(before) === undefined;
  }

  private isParticiple(verb: number): boolean {
    const { participle } = this.lexicon;
    if (participle === undefined) return false;
    let pattern = participles.get(participle);
    if (!pattern) participles.set(participle, (pattern = new RegExp(`\\p{L}{2}${participle}$`, 'u')));
    return pattern.test(this.reader.lower(verb));
  }

  /** `"tough", adding that "…"`, `"…," X said, warning: "…"`: the one who spoke goes on. */
  private goingOn(index: number): Attribution | undefined {
    const range = this.rangeBefore(index);
    const first = this.skipMarks(range.first, range.last);
    if (first === range.sentence.first || this.reader.text(range.first) !== ',' || !this.isParticiple(first))
      return undefined;
    const previous = this.reader.isVerb(first) ? this.find(index - 1) : undefined;
    return previous?.speaker && { position: 'clause', verb: this.reader.lower(first), speaker: previous.speaker };
  }

  /** `X said, "…"`, `X said the offer was "…"`. */
  private before(quote: QuotedSpan, index: number): Attribution | undefined {
    const range = this.rangeBefore(index);
    const first = this.skipMarks(range.first, range.last);
    if (first > range.sentence.first && this.reader.lower(first) === this.lexicon.behindQuotes)
      return this.namedBehind(first, range.last, 'before');
    const verbs = this.verbsReporting(range);
    const adjacent = this.endsInPause(range) || verbs.at(-1) === range.last - 1;
    let withoutSubject = this.namedPassively(range);
    if (withoutSubject) return withoutSubject;
    for (const verb of adjacent ? verbs.toReversed() : this.ownClauseFirst(verbs, range)) {
      const cited = this.citedBy(verb, range.last);
      if (cited) return { position: 'clause', verb: this.reader.lower(verb), speaker: cited };
      const inverted = adjacent && first === this.startOfInverted(verb, first) && range.first > range.sentence.first;
      const speaker = inverted
        ? this.subjectBetweenQuotes(verb, range.last)
        : (this.subjectAround(verb, range.first, range.last) ??
          this.subjectOfParticiple(verb, range) ??
          this.antecedent(verb, range.first) ??
          this.subjectAcross(verb, range) ??
          this.subjectJoined(verb, range) ??
          this.subjectBehind(verb, range));
      const position = adjacent && !this.isFarBehindComma(verb, range.last) ? 'before' : 'clause';
      if (!speaker && inverted && this.lexicon.dropsPronoun) return this.find(index - 1);
      if (!speaker && this.hasNoSubject(verb, range.first))
        withoutSubject ??= { position, verb: this.reader.lower(verb) };
      if (!speaker && this.isSaidSomewhere(verb, range))
        withoutSubject ??= {
          position: 'clause',
          verb: this.reader.lower(verb),
          speaker: { ...this.reader.pronounAt(verb), kind: 'unnamed' },
        };
      if (!speaker) continue;
      return { position, verb: this.reader.lower(verb), speaker: this.hearsay(verb + 1, range.last) ?? speaker };
    }
    return (
      withoutSubject ??
      this.reasonGiven(range) ??
      this.meantTo(verbs, range) ??
      this.saidBySomebody(verbs, range, adjacent)
    );
  }

  /** `a play long dismissed as "worthy"`: nothing stands between the participle and its "as", and nobody says by whom. */
  private namedPassively({ first, last }: { first: number; last: number }): Attribution | undefined {
    const verb = this.reader.lower(last - 2);
    const isNamed = this.reader.lower(last - 1) === this.lexicon.nameJoint && this.lexicon.naming.has(verb);
    const isParticiple = isNamed && last - 2 > first && /ed$/.test(verb) && !this.lexicon.isVerbFirst;
    const isRelative = this.reader.words(first, last).some((word) => /^(?:what|which|who|that)$/.test(word));
    const before = isParticiple ? this.reader.endingAt(last - 2, first) : undefined;
    if (!isParticiple || isRelative || (before && isSomebody(before))) return undefined;
    return { position: 'clause', verb, speaker: { ...this.reader.pronounAt(last - 2), kind: 'unnamed' } };
  }

  /** "Holt took to the stage to say it was "…"": who did something in order to speak. */
  private meantTo(
    verbs: readonly number[],
    { first, last, sentence }: { first: number; last: number; sentence: PlainSentence },
  ): Attribution | undefined {
    const verb = verbs.at(-1);
    const isMeant = verb !== undefined && /^say$/.test(this.reader.lower(verb)) && this.reader.lower(verb - 1) === 'to';
    if (!isMeant || this.lexicon.isVerbFirst || first !== sentence.first) return undefined;
    if (this.reader.words(first, verb).some((word) => UNWILLING.test(word))) return undefined;
    const subject = this.subjectOfPast(first, verb - 1) ?? this.discourse.subjectOf({ ...sentence, last: verb - 1 });
    const position = verb === last - 1 ? 'before' : 'clause';
    return subject && isSomebody(subject) ? { position, verb: this.reader.lower(verb), speaker: subject } : undefined;
  }

  /** `Protesters outside chanted "…"`: somebody, whom no phrase that we can read names, and so nobody above. */
  private saidBySomebody(
    verbs: readonly number[],
    { first, last, sentence }: { first: number; last: number; sentence: PlainSentence },
    isAdjacent: boolean,
  ): Attribution | undefined {
    const verb = verbs.at(-1);
    const { isVerbFirst, direct } = this.lexicon;
    const isWritten = this.reader.words(first, last).some((word) => this.lexicon.inanimate.has(word));
    const leadsOn = verb !== undefined && isAdjacent && verb > first && verb >= last - 2 && !isWritten;
    if (isVerbFirst || !leadsOn || first !== sentence.first || !direct.has(this.reader.lower(verb))) return undefined;
    return {
      position: 'before',
      verb: this.reader.lower(verb),
      speaker: { ...this.reader.pronounAt(verb), kind: 'unnamed' },
    };
  }

  /** "O advogado vai recorrer, por considerar que «…»": the infinitive's subject is that of the sentence. */
  private reasonGiven(range: { first: number; last: number; sentence: PlainSentence }): Attribution | undefined {
    const { infinitives, prepositions, tellsGender } = this.lexicon;
    if (!tellsGender || range.first !== range.sentence.first) return undefined;
    for (let at = range.first + 1; at < range.last - 1; at++) {
      const before = this.reader.lower(at - 1);
      const isReason = prepositions.has(before) && !WITHOUT.has(before);
      if (!isReason || !infinitives.has(this.reader.lower(at)) || !THAT.has(this.reader.lower(at + 1))) continue;
      const speaker = this.discourse.subjectOf(range.sentence);
      return speaker && isSomebody(speaker) ? { position: 'clause', verb: this.reader.lower(at), speaker } : undefined;
    }
    return undefined;
  }

  /** `Holt said that the bank had offered "nothing"`: verbs that only seldom speak say what was done in a clause that is reported. */
  private verbsReporting({ first, last }: { first: number; last: number }): number[] {
    const verbs = this.verbsIn(first, last);
    const verb = verbs.at(-1);
    if (verb === undefined || verb !== last - 1 || verbs.length === 1 || this.lexicon.tellsGender) return verbs;
    const { direct, naming } = this.lexicon;
    const before = verbs.at(-2)!;
    const isReported = direct.has(this.reader.lower(before)) && THAT.has(this.reader.lower(before + 1));
    const mayOnlySeem = !direct.has(this.reader.lower(verb)) && !naming.has(this.reader.lower(verb));
    return isReported && mayOnlySeem ? verbs.slice(0, -1) : verbs;
  }

  /** `Holt left after critics said it was "a farce"`: the last verb that a conjunction opens a clause of, then the others. */
  private ownClauseFirst(verbs: readonly number[], { first }: { first: number }): readonly number[] {
    const own = verbs.findLast((verb) => {
      const subject =
        verb > verbs[0]! && this.lexicon.direct.has(this.reader.lower(verb)) && this.subjectBefore(verb, first);
      return subject && SUBORDINATING.has(this.reader.lower(subject.first - 1));
    });
    return own === undefined ? verbs : [own, ...verbs];
  }

  /** « …», [a conclu] X, « …»: in Romance languages a verb between quotations has its auxiliary before it. */
  private startOfInverted(verb: number, floor: number): number {
    return this.lexicon.tellsGender ? this.startOfVerb(verb, floor) : verb;
  }

  /** "…", pidió [a la salida] el alcalde, "…". */
  private subjectBetweenQuotes(verb: number, last: number): NounPhrase | undefined {
    if (!this.lexicon.tellsGender) return this.reader.startingAt(verb + 1, last);
    return this.invertedSubject(this.skipClitics(verb + 1, last), last);
  }

  /** "presentó un paquete, «Alba y cava»": Romance languages lead to speech by a colon, or by the verb itself. */
  private isFarBehindComma(verb: number, last: number): boolean {
    return this.lexicon.tellsGender && this.reader.text(last - 1) === ',' && verb < last - 2;
  }

  /** "La ministra llegó tarde y pidió «…»", "presentó un plan que tildó de «…»": the subject of the clause before. */
  private subjectAcross(
    verb: number,
    { first, sentence }: { first: number; sentence: PlainSentence },
  ): NounPhrase | undefined {
    const joint = this.startOfVerb(verb, first) - 1;
    const word = this.reader.lower(joint);
    if (!this.lexicon.dropsPronoun || joint <= first || first !== sentence.first) return undefined;
    const isRelative = RELATIVES.has(word);
    if (!isRelative && !JOINING.has(word) && word !== ',') return undefined;
    const antecedent = isRelative ? this.reader.endingAt(joint, first) : undefined;
    if (this.isWriting(antecedent)) return undefined;
    if (antecedent && isSomebody(antecedent)) return antecedent;
    const subject = this.discourse.subjectOf({ ...sentence, last: joint });
    return subject && isSomebody(subject) ? subject : undefined;
  }

  /** "Holt shook his head and told the court he had "…"": a second verb, whose subject is that of the clause before it. */
  private subjectJoined(
    verb: number,
    { first, sentence }: { first: number; sentence: PlainSentence },
  ): NounPhrase | undefined {
    const joint = this.startOfVerb(verb, first) - 1;
    const joins = this.isThen(joint) || /^(?:and|but)$/.test(this.reader.lower(joint));
    if (this.lexicon.isVerbFirst || joint < first || !joins) return undefined;
    const opening = this.openingOfClause(first, joint);
    if (opening !== undefined) return this.subjectOfClause(opening, first, joint);
    if (first === sentence.first)
      return this.subjectOfPast(first, joint) ?? this.discourse.subjectOf({ ...sentence, last: joint });
    const previous = this.quoted.findLastIndex(({ close }) => this.discourse.tokenAt(close) <= first);
    return previous < 0 ? undefined : this.find(previous)?.speaker;
  }

  /** "The club sacked its coach, then said": an English comma that parts two verbs. */
  private isThen(joint: number): boolean {
    return !this.lexicon.isVerbFirst && this.reader.text(joint) === ',' && this.reader.lower(joint + 1) === 'then';
  }

  /** "The secretary of the union, Dr Ondari, stormed out [and accused]": whom the first form of the past belongs to. */
  private subjectOfPast(first: number, joint: number): NounPhrase | undefined {
    for (let at = first + 1; at < joint; at++) {
      if (this.reader.isCapital(at) || !isPastForm(this.reader.lower(at))) continue;
      const subject = this.reader.endingAt(at, first);
      // "In a room packed with fans, Holt stood up": no subject behind a preposition.
      if (subject && !this.lexicon.boundaries.has(this.reader.lower(subject.first - 1))) return subject;
    }
    return undefined;
  }

  /** "after he fled [and told]", ", who stood up [and told]": the last word that opens a clause, where no comma closes it. */
  private openingOfClause(first: number, joint: number): number | undefined {
    for (let at = joint - 1; at > first && this.reader.text(at) !== ','; at--) {
      const word = this.reader.lower(at);
      if (SUBORDINATING.has(word) || /^(?:who|which|that)$/.test(word)) return at;
    }
    return undefined;
  }

  private subjectOfClause(opening: number, first: number, joint: number): NounPhrase | undefined {
    if (!/^(?:who|which)$/.test(this.reader.lower(opening))) return this.reader.startingAt(opening + 1, joint);
    const before = this.reader.text(opening - 1) === ',' ? opening - 1 : opening;
    return this.reader.antecedentAt(before, first);
  }

  /** "Dijo el alcalde que «…»": behind a verb that opens the sentence and has no person for an object. */
  private subjectBehind(verb: number, { first, last }: { first: number; last: number }): NounPhrase | undefined {
    const { direct, naming, dropsPronoun } = this.lexicon;
    const word = this.reader.lower(verb);
    if (!dropsPronoun || this.startOfVerb(verb, first) !== first || !direct.has(word) || naming.has(word))
      return undefined;
    return this.somebodyFrom(this.skipClitics(verb + 1, last), last);
  }

  /** "Aseguró que «…»", "y pidió «…»": nothing before the verb may be its subject. */
  private hasNoSubject(verb: number, floor: number): boolean {
    if (!this.lexicon.dropsPronoun) return false;
    const start = this.startOfVerb(verb, floor);
    const before = this.reader.lower(start - 1);
    if (RELATIVES.has(before) && this.isWriting(this.reader.endingAt(start - 1, floor))) return false;
    return start === floor || before === ',' || JOINING.has(before) || RELATIVES.has(before);
  }

  /** "Desde la empresa respondieron que el reclamo es «…»": behind nothing but where or when. */
  private isSaidSomewhere(verb: number, { first, sentence }: { first: number; sentence: PlainSentence }): boolean {
    const { dropsPronoun, prepositions, naming, nameJoint } = this.lexicon;
    if (!dropsPronoun || first !== sentence.first || !prepositions.has(this.reader.lower(first))) return false;
    const start = this.startOfVerb(verb, first);
    const next = this.reader.lower(verb + 1);
    const leadsOn = THAT.has(next) || (naming.has(this.reader.lower(verb)) && next === nameJoint);
    const isPlain = !this.commaBetween(first, start) && this.verbsIn(first, start).length === 0;
    return leadsOn && isPlain && this.discourse.peopleNamed(first, start).length === 0;
  }

  /** The first token of a verb with its auxiliaries, clitics and negation. */
  private startOfVerb(verb: number, floor: number): number {
    let at = verb;
    const { auxiliaries, negations, conditionals } = this.lexicon;
    while (at > floor) {
      const word = this.reader.lower(at - 1);
      const isClitic = at === verb && this.reader.isClitic(at - 1);
      if (!isClitic && !auxiliaries.has(word) && !negations.has(word) && !conditionals.has(word)) break;
      at--;
    }
    return at;
  }

  /** A comma before a quotation, or a dash where the sentence goes on with it: `„…“, sagte sie – „…“`. */
  private endsInPause({ first, last, sentence }: { first: number; last: number; sentence: PlainSentence }): boolean {
    const mark = this.reader.text(last - 1);
    return mark === ',' || (first > sentence.first && /^[–—-]$/.test(mark));
  }

  /** `X left the hall, calling it "a farce"`: the participle's subject is that of the sentence. */
  private subjectOfParticiple(
    verb: number,
    { first, sentence }: { first: number; sentence: PlainSentence },
  ): NounPhrase | undefined {
    const joins = this.reader.text(verb - 1) === ',' && this.isParticiple(verb) && first === sentence.first;
    return joins ? this.discourse.subjectOf(sentence) : undefined;
  }

  /** `señaló la regidora, quien añadió que "…"`: the relative clause is about who stands before its comma. */
  private antecedent(verb: number, floor: number): NounPhrase | undefined {
    let relative = verb - 1;
    while (relative > floor && this.lexicon.auxiliaries.has(this.reader.lower(relative))) relative--;
    const comma = relative - 1;
    if (comma <= floor || this.reader.text(comma) !== ',' || !RELATIVES.has(this.reader.lower(relative)))
      return undefined;
    const before = this.reader.antecedentAt(comma, floor);
    return before && (isSomebody(before) || this.isBody(before)) ? before : undefined;
  }

  /** "la organización": a noun for what speaks as one. */
  private isBody({ kind, roles }: NounPhrase): boolean {
    return kind === 'description' && this.lexicon.bodyNouns.has(roles[0] ?? '');
  }

  /** `was described by the coroner as "a tragedy"`, `was called by Holt "a fraud"`: words of whoever the passive tells. */
  private agentOfNaming(index: number): Attribution | undefined {
    const { first, last } = this.rangeBefore(index);
    const end = this.reader.lower(last - 1) === this.lexicon.nameJoint ? last - 1 : last;
    for (let by = end - 2; by > first; by--) {
      const verb = this.reader.lower(by - 1);
      if (this.reader.lower(by) !== 'by' || !this.lexicon.naming.has(verb)) continue;
      const agent = this.reader.startingAt(by + 1, end);
      return agent?.last === end ? { position: 'clause', verb, speaker: agent } : undefined;
    }
    return undefined;
  }

  /** "the paper quoted the mayor as saying": whose words are quoted by another. */
  private citedBy(verb: number, last: number): NounPhrase | undefined {
    if (!this.lexicon.citing.has(this.reader.lower(verb))) return undefined;
    const isPronoun = this.reader.lower(verb + 2) === 'as' && /^(?:him|her)$/.test(this.reader.lower(verb + 1));
    if (isPronoun) return this.reader.pronounAt(verb + 1);
    const cited = this.reader.startingAt(verb + 1, last);
    return cited && this.reader.lower(cited.last) === 'as' ? cited : undefined;
  }

  /** „…“, wird die Präsidentin in der Mitteilung zitiert. */
  private citedPassively(first: number, verb: number, last: number): NounPhrase | undefined {
    const subject = this.skipAuxiliaries(first, last);
    return subject > first && this.lexicon.citing.has(this.reader.lower(verb))
      ? this.reader.startingAt(subject, last)
      : undefined;
  }

  /** `rejected claims that it was "a fraud"`: the words of those who claim it. */
  private hearsay(first: number, last: number): NounPhrase | undefined {
    if (this.reader.lower(last - 1) === 'as') return undefined;
    for (let at = first; at < last - 1; at++) {
      if (!this.lexicon.hearsay.has(this.reader.lower(at)) || !this.opensClause(at + 1)) continue;
      return { ...this.reader.pronounAt(at), kind: 'unnamed' };
    }
    return undefined;
  }

  /** "claims that", "rumours online that". */
  private opensClause(at: number): boolean {
    return THAT.has(this.reader.lower(at)) || THAT.has(this.reader.lower(at + 1));
  }

  /** `shouts of "Shame!"`: spoken, by nobody who is named. */
  private outcry(index: number): Attribution | undefined {
    const { first, last } = this.rangeBefore(index);
    const at = last - 2;
    const isOutcry = at >= first && this.lexicon.outcries.has(this.reader.lower(at));
    if (!isOutcry || !this.lexicon.boundaries.has(this.reader.lower(at + 1))) return undefined;
    return {
      position: 'before',
      verb: this.reader.lower(at),
      speaker: { ...this.reader.pronounAt(at), kind: 'unnamed' },
    };
  }

  /** `"Unacceptable" is how she puts it`: the words open the sentence as its subject. */
  private asSubject(index: number): Attribution | undefined {
    const before = this.rangeBefore(index);
    const { first, last } = this.rangeAfter(index);
    if (before.first !== before.last || !this.lexicon.copulas.has(this.reader.lower(first))) return undefined;
    const wording = this.lexicon.determiners.has(this.reader.lower(first + 1)) ? first + 2 : first + 1;
    if (!this.lexicon.wordings.has(this.reader.lower(wording))) return undefined;
    const isTheirs = this.lexicon.possessives.has(this.reader.lower(wording - 1));
    const speaker = isTheirs
      ? this.reader.pronounAt(wording - 1)
      : (this.discourse.acting(wording + 1) ?? this.reader.startingAt(wording + 1, last));
    // "what fans call it": its name.
    const isName = speaker?.kind === 'unnamed' && this.lexicon.naming.has(this.reader.lower(last - 1));
    if (!speaker || isName) return undefined;
    return { position: 'subject', verb: this.reader.lower(wording), speaker };
  }

  /** `"Fish," he decides`: words that end in a comma and open the sentence, then an English pronoun and what it did. */
  private pronounBehind(index: number): Attribution | undefined {
    const quote = this.quoted[index]!;
    const before = this.rangeBefore(index);
    const { first, last } = this.rangeAfter(index);
    const { isVerbFirst, isBorrowed, male, female } = this.lexicon;
    const opens = before.first === before.last && /[,?!]/.test(this.discourse.body.charAt(quote.end - 1));
    if (isVerbFirst || isBorrowed || !opens) return undefined;
    const pronoun = this.skipMarks(first, last);
    const verb = this.skipAuxiliaries(pronoun + 1, last);
    const isSomeone = male.has(this.reader.lower(pronoun)) || female.has(this.reader.lower(pronoun));
    if (!isSomeone || this.reader.isCapital(pronoun) || verb >= last || !this.mayBeVerb(verb)) return undefined;
    return { position: 'after', verb: this.reader.lower(verb), speaker: this.reader.pronounAt(pronoun) };
  }

  /** "…", arrancó Ramón Vela: any word that is no other kind of word, between words that open a sentence and somebody. */
  private byUnknownVerb(index: number): Attribution | undefined {
    const before = this.rangeBefore(index);
    const { first, last } = this.rangeAfter(index);
    const marks = this.skipMarks(first, last);
    const verb = this.skipAuxiliaries(marks, last);
    const isBehindComma = this.hasComma(this.quoted[index]!, first);
    if (before.first !== before.last || !isBehindComma || this.lexicon.isBorrowed || !this.mayBeVerb(verb))
      return undefined;
    const end = verb + 1 >= last || /^[.!?]$/.test(this.reader.text(verb + 1));
    if (end && this.lexicon.dropsPronoun) return { position: 'after', verb: this.reader.lower(verb) };
    const speaker = this.reader.startingAt(this.skipHyphens(verb + 1, last), last);
    const isNamed =
      speaker?.kind === 'name' && (speaker.name.includes(' ') || this.discourse.cast.byName(speaker.name));
    const isInverted = (this.lexicon.isVerbSecond || this.lexicon.tellsGender) && speaker?.kind === 'pronoun';
    return isNamed || isInverted ? { position: 'after', verb: this.reader.lower(verb), speaker } : undefined;
  }

  /** „…“, hieß es in der Mitteilung von X, "se lee en un comunicado de X": nobody speaks, but what is quoted is somebody's. */
  private stated(index: number): Attribution | undefined {
    const { first, last } = this.rangeAfter(index);
    const verb = this.skipMarks(first, last);
    const words = [0, 1, 2].map((offset) => this.reader.lower(verb + offset)).join(' ');
    if (!CAN_BE_READ.test(words)) return undefined;
    const speaker = this.sourceIn(verb + 2, last);
    const isReflexive = /^s[ei] /.test(words);
    return speaker && { position: 'after', verb: this.reader.lower(isReflexive ? verb + 1 : verb), speaker };
  }

  /** "s’époumone-t-elle": between a verb and its pronoun. */
  private skipHyphens(at: number, last: number): number {
    let next = at;
    while (this.lexicon.tellsGender && next < last && /^[-t]$/.test(this.reader.text(next))) next++;
    return next;
  }

  /** Words in marks that end in a comma, or have one right behind; a dialogue has a dash there. */
  private hasComma({ close, end, isDashed }: QuotedSpan, first: number): boolean {
    const { body } = this.discourse;
    if (isDashed) return true;
    return body[close] === ',' || body[end - 1] === ',' || this.reader.text(first) === ',';
  }

  private mayBeVerb(at: number): boolean {
    const word = this.reader.lower(at);
    const { boundaries, determiners, pronouns, copulas, auxiliaries } = this.lexicon;
    const isOther = [boundaries, determiners, pronouns, copulas, auxiliaries].some((words) => words.has(word));
    return /^\p{Ll}{3}/u.test(this.reader.text(at)) && !isOther && !isRole(word);
  }

  /** »Sein Land habe „stillgehalten“«: German tells by the verb alone that whoever spoke before goes on. */
  private inReportedMood(index: number): Attribution | undefined {
    const { first, last, sentence } = this.rangeBefore(index);
    const moods = this.lexicon.reported?.split(' ') ?? [];
    const verb = this.reader.words(first, last).find((word) => moods.includes(word));
    const before = this.discourse.sentences[this.discourse.sentences.indexOf(sentence) - 1];
    if (verb === undefined) return undefined;
    const joint = this.lastJoint(first, last);
    const here = joint === undefined ? undefined : this.discourse.subjectOf({ ...sentence, first, last: joint });
    if (here && isSomebody(here)) return { position: 'clause', verb, speaker: here };
    if (before?.paragraph !== sentence.paragraph) return undefined;
    const previous = this.quoted.findLastIndex(({ close }) => close > before.start && close <= sentence.start);
    const speaker = previous < 0 ? this.discourse.subjectOf(before) : this.find(previous)?.speaker;
    return speaker && { position: 'clause', verb, speaker };
  }

  /** "X widersprach; die Mittel seien …": what parts a clause from the one that says whose words it tells. */
  private lastJoint(first: number, last: number): number | undefined {
    for (let at = last - 1; at > first; at--) if (/^[;:]$/.test(this.reader.text(at))) return at;
    return undefined;
  }

  /** `„…“, so Ministerin X`, on either side of which she speaks. */
  private namedBehind(at: number, last: number, position: 'after' | 'before'): Attribution | undefined {
    const speaker = this.reader.startingAt(at + 1, last);
    return speaker && { position, verb: this.reader.lower(at), speaker };
  }

  /** "For baker Noemi Haddad the town is "…"", where it opens the sentence and names somebody. */
  private opinionOf(index: number): Attribution | undefined {
    const { first, last, sentence } = this.rangeBefore(index);
    if (first !== sentence.first || this.reader.lower(first) !== this.lexicon.opinionOf) return undefined;
    const speaker = this.reader.startingAt(first + 1, last);
    const isTold = this.verbsIn(first, last).length > 0;
    return speaker && isSomebody(speaker) && !this.discourse.isNoun(speaker) && !isTold
      ? { position: 'according-to', verb: this.lexicon.opinionOf, speaker }
      : undefined;
  }

  /** "Para la edil, el plan es «…» y el Gobierno «…»": whose opinion the sentence tells goes on to its end. */
  private sameSource(index: number): Attribution | undefined {
    const { first, last, sentence } = this.rangeBefore(index);
    const isInside = this.lexicon.tellsGender && first > sentence.first && this.verbsIn(first, last).length === 0;
    const previous = isInside && index > 0 ? this.find(index - 1) : undefined;
    return previous?.position === 'according-to' ? previous : undefined;
  }

  /** "A su juicio, el plan es «…»": an opinion of whoever the text is about. */
  private ownOpinion(first: number, last: number): Attribution | undefined {
    for (const verb of this.lexicon.ownOpinion?.split('|') ?? []) {
      const words = verb.split(' ');
      for (let at = first; at < last; at++)
        if (words.every((word, offset) => this.reader.lower(at + offset) === word))
          return { position: 'according-to', verb };
    }
    return undefined;
  }

  private accordingTo(index: number): Attribution | undefined {
    const ranges = [this.rangeBefore(index), this.rangeAfter(index)];
    for (const verb of this.lexicon.accordingTo.split('|')) {
      const words = verb.split(' ');
      for (const { first, last } of ranges) {
        for (let at = first; at < last; at++) {
          if (!this.stands(words, at)) continue;
          const speaker = this.sourceAt(at + words.length, last);
          if (speaker) return { position: 'according-to', verb, speaker };
        }
      }
    }
    return this.ownOpinion(ranges[0]!.first, ranges[0]!.last);
  }

  /** `were spent, as she put it, "…"`, `"…", as Holt puts it`. */
  private asPutBy(index: number): Attribution | undefined {
    for (const { first, last } of [this.rangeBefore(index), this.rangeAfter(index)]) {
      for (let at = first; at < last - 2; at++) {
        const verb = this.reader.lower(at + 1);
        const inWords = verb === 'words' ? this.ownerOfWords(at + 1, first) : undefined;
        if (inWords) return { position: 'according-to', verb, speaker: inWords };
        if (!/^puts?$/.test(verb) || this.reader.lower(at + 2) !== 'it') continue;
        const speaker = this.subjectBehindAs(at + 1, first);
        if (speaker) return { position: 'according-to', verb, speaker };
      }
    }
    return undefined;
  }

  /** "as one supporter behind the press box [put it]". */
  private subjectBehindAs(verb: number, first: number): NounPhrase | undefined {
    for (let at = verb - 2; at >= Math.max(first, verb - LONGEST_ADVERBIAL); at--)
      if (this.reader.lower(at) === this.lexicon.nameJoint) return this.reader.startingAt(at + 1, verb);
    return undefined;
  }

  /** "in Holt’s words", "in her own words". */
  private ownerOfWords(words: number, first: number): NounPhrase | undefined {
    const end = this.reader.lower(words - 1) === 'own' ? words - 1 : words;
    if (this.lexicon.possessives.has(this.reader.lower(end - 1)) && this.reader.lower(end - 2) === 'in')
      return this.reader.pronounAt(end - 1);
    if (!/^['’]s?$/.test(this.reader.text(end - 1))) return undefined;
    for (let at = end - 2; at > Math.max(first, end - LONGEST_ADVERBIAL); at--) {
      const owner = this.reader.lower(at - 1) === 'in' ? this.reader.startingAt(at, end - 1) : undefined;
      if (owner?.last === end - 1) return owner;
    }
    return undefined;
  }

  private stands(words: readonly string[], first: number): boolean {
    return words.every((word, offset) => {
      const token = this.reader.lower(first + offset);
      const isLast = offset > 0 && offset === words.length - 1;
      return token === word || (isLast && this.lexicon.tellsGender && CONTRACTIONS[word]?.has(token) === true);
    });
  }

  /** "…, a dit X, pour qui «…»", "X, secondo cui il piano è «…»": the opinion of whom the relative clause is about. */
  private opinionOfAntecedent(index: number): Attribution | undefined {
    const { first, last, sentence } = this.rangeBefore(index);
    if (!this.lexicon.tellsGender) return undefined;
    for (let at = first + 1; at < last - 1; at++) {
      const verb = this.reader.lower(at);
      const isSource = verb === this.lexicon.opinionOf || this.lexicon.accordingTo.split('|').includes(verb);
      const hasArticle = this.lexicon.determiners.has(this.reader.lower(at + 1));
      const relative = this.reader.lower(hasArticle ? at + 2 : at + 1);
      const isRelative = RELATIVES_OF_SOURCES.has(relative) || (hasArticle && relative === 'que');
      if (!isSource || this.reader.text(at - 1) !== ',' || !isRelative) continue;
      const previous = first > sentence.first && index > 0 ? this.find(index - 1)?.speaker : undefined;
      const isHere = previous !== undefined && previous.first >= first && previous.last < at;
      const speaker = isHere ? previous : this.reader.endingAt(at - 1, first);
      return speaker && isSomebody(speaker) ? { position: 'according-to', verb, speaker } : undefined;
    }
    return undefined;
  }

  /** Whom "according to" names or means: "volgens hem", "laut ihr". */
  private sourceAt(at: number, last: number): NounPhrase | undefined {
    const word = this.reader.lower(at);
    const isPronoun = at < last && (this.lexicon.male.has(word) || this.lexicon.female.has(word));
    // "aux yeux du critique X": a noun here, though it has a verb's form.
    const isNoun = this.lexicon.verbalNouns.has(word) && this.reader.isCapital(at + 1);
    return this.reader.startingAt(isNoun ? at + 1 : at, last) ?? (isPronoun ? this.reader.pronounAt(at) : undefined);
  }

  private subjectBefore(verb: number, floor: number): NounPhrase | undefined {
    const subject = this.standing(this.reader.endingAt(verb, floor), floor);
    if (subject && this.isRelative(subject)) return this.reader.endingAt(subject.first - 1, floor);
    return subject && !this.isThing(subject) && !this.isObject(subject) ? subject : undefined;
  }

  /** "A card in the window [said]", "the girl at the counter [said]": what or who stands there, in English. */
  private standing(phrase: NounPhrase | undefined, floor: number): NounPhrase | undefined {
    const isPlace = phrase?.kind === 'description' && WHERE.has(this.reader.lower(phrase.first - 1));
    if (!phrase || !isPlace || this.lexicon.isVerbFirst || phrase.first - 1 <= floor) return phrase;
    return this.reader.endingAt(phrase.first - 1, floor) ?? phrase;
  }

  /** "l'industriale X, il quale nega": it stands for who is before its comma. */
  private isRelative({ first, roles }: NounPhrase): boolean {
    const isOne = this.lexicon.tellsGender && RELATIVE_NOUNS.has(roles[0] ?? '');
    return isOne && this.reader.text(first - 1) === ',';
  }

  /** "A chi le chiede un pronostico [risponde]": no person, and right behind another verb. */
  private isObject(phrase: NounPhrase): boolean {
    return this.lexicon.dropsPronoun === true && !isSomebody(phrase) && this.reader.isVerb(phrase.first - 1);
  }

  /** Who says it: before the verb, or behind it where the language puts the verb second and something else first. */
  private subjectAround(verb: number, floor: number, last: number): NounPhrase | undefined {
    if (this.isThen(this.startOfVerb(verb, floor) - 1)) return undefined;
    const before = this.subjectBefore(verb, floor);
    // "En Madrid dijo la ministra X: …"
    if (!this.lexicon.isVerbSecond)
      return before && this.isOblique(before) ? this.subjectOrOblique(verb, last, before) : before;
    const subject = before && !this.isOblique(before) ? before : this.subjectOfPerfect(verb, floor);
    if (!this.isInverted(verb, floor, subject)) return subject;
    return this.invertedSubject(this.skipAuxiliaries(verb + 1, last), last) ?? subject;
  }

  /** "En Madrid dijo que «…»": in languages that drop the subject, a phrase of place is none. */
  private subjectOrOblique(verb: number, last: number, oblique: NounPhrase): NounPhrase | undefined {
    return this.somebodyFrom(verb + 1, last) ?? (this.lexicon.dropsPronoun ? undefined : oblique);
  }

  /** "Zuvor hatte X im Radio gesagt": the subject stands by the auxiliary. */
  private subjectOfPerfect(verb: number, floor: number): NounPhrase | undefined {
    for (let at = verb - 1; at >= floor; at--) {
      if (/^[,;:]$/.test(this.reader.text(at))) return undefined;
      if (!this.lexicon.perfect.has(this.reader.lower(at))) continue;
      const before = this.subjectBefore(at, floor);
      return before && !this.isOblique(before)
        ? before
        : this.invertedSubject(this.skipAuxiliaries(at + 1, verb), verb);
    }
    return undefined;
  }

  private somebodyFrom(first: number, last: number): NounPhrase | undefined {
    const phrase = this.reader.startingAt(first, last);
    return phrase && isSomebody(phrase) ? phrase : undefined;
  }

  /** "am Montag", "dem Sender": a phrase that cannot be the subject. */
  private isOblique({ first, determiner }: NounPhrase): boolean {
    return this.lexicon.obliques.has(determiner) || this.lexicon.prepositions.has(this.reader.lower(first - 1));
  }

  /** "Im Radio sagte X", "Dann sagte X", "Der Zeitung sagte X": the clause opens with something that is not its subject. */
  private isInverted(verb: number, floor: number, subject: NounPhrase | undefined): boolean {
    let first = this.skipMarks(floor, verb);
    while (JOINING.has(this.reader.lower(first))) first++;
    if (first >= verb || JOINING.has(this.reader.lower(verb - 1))) return false;
    const { prepositions, obliques, auxiliaries, adverbs, times } = this.lexicon;
    const opening = this.reader.lower(first);
    if (prepositions.has(opening) || obliques.has(opening)) return true;
    const isInserted = this.reader.text(verb - 1) === ',' && this.isSpeakerAt(verb + 1);
    if (!subject) return isInserted || auxiliaries.has(opening) || adverbs.has(opening) || times.has(opening);
    // "Als Ministerin sagte X"
    if (opening === this.lexicon.nameJoint && subject.kind === 'description' && subject.first === first + 1)
      return true;
    // "Eerder deze maand zei X", "Letzte Woche sagte X"
    if ((adverbs.has(opening) || times.has(opening)) && !isSomebody(subject)) return true;
    return (
      (this.discourse.isNoun(subject) || times.has(opening)) &&
      this.isSpeakerAt(this.skipAuxiliaries(verb + 1, verb + LONGEST_ADVERBIAL))
    );
  }

  /** Somebody named or meant who is not spoken to: those have an article. */
  private isSpeakerAt(at: number): boolean {
    const phrase = this.reader.startingAt(at, at + LONGEST_ADVERBIAL);
    return phrase !== undefined && phrase.determiner === '' && isSomebody(phrase);
  }

  /** "una nota que decía": what can be read. */
  private isWriting(phrase: NounPhrase | undefined): boolean {
    return phrase !== undefined && this.isThing(phrase);
  }

  private isThing(phrase: NounPhrase): boolean {
    return phrase.kind !== 'name' && phrase.roles.some((word) => this.lexicon.inanimate.has(word));
  }

  private verbsIn(first: number, last: number): number[] {
    const verbs: number[] = [];
    for (let at = first; at < last; at++) {
      const isVerb = this.reader.isVerb(at) && (!this.reader.isCapital(at) || at === first);
      if (isVerb && !this.isPlural(at)) verbs.push(at);
    }
    return verbs;
  }

  /** "had repeated old [demands]", "denied the [claims]": an English noun that is a verb's form too, with nobody before it. */
  private isPlural(at: number): boolean {
    if (this.lexicon.isVerbFirst || !PLURALS.has(this.reader.lower(at))) return false;
    const { boundaries, pronouns, auxiliaries, determiners } = this.lexicon;
    const before = this.reader.lower(at - 1);
    if (determiners.has(before) || /^(?:of|for|in|on|with|about|from)$/.test(before)) return true;
    const isWord = /^\p{Ll}/u.test(this.reader.text(at - 1));
    if (!isWord || [boundaries, pronouns, auxiliaries].some((words) => words.has(before))) return false;
    const subject = this.reader.endingAt(at, Math.max(0, at - LONGEST_ADVERBIAL));
    return !subject || (!isSomebody(subject) && !subject.roles.some((word) => BODIES.has(word)));
  }

  /** A second closing mark without an opening one: the attribution comes after it. */
  private afterStrayMark(first: number, last: number): number {
    for (let at = first; at < last; at++) if (/^[”»]$/.test(this.reader.text(at))) return at + 1;
    return first;
  }

  private skipMarks(at: number, last: number): number {
    let next = at;
    while (next < last && /^[,.;:–—\-…!?”"’']$/.test(this.reader.text(next))) next++;
    return next;
  }

  private skipAuxiliaries(at: number, last: number): number {
    let next = at;
    while (next < last && (this.lexicon.auxiliaries.has(this.reader.lower(next)) || this.reader.text(next) === '-'))
      next++;
    return next;
  }

  /** "Ai giornalisti che chiedevano delle cause ha risposto: «…»": no subject, but those who are spoken to. */
  private opensWithPhrase(first: number): boolean {
    const from = this.lexicon.tellsGender && JOINING.has(this.reader.lower(first)) ? first + 1 : first;
    return this.lexicon.dropsPronoun === true && this.lexicon.prepositions.has(this.reader.lower(from));
  }

  /** "queixou-se o autarca", "ha detto [ieri] la donna": never past an article, which may have the form of a clitic. */
  private skipClitics(at: number, last: number): number {
    const end = this.skipAuxiliaries(at, last);
    if (!this.lexicon.tellsGender) return end;
    for (let next = at; next < end; next++) if (this.lexicon.determiners.has(this.reader.lower(next))) return next;
    return end;
  }

  /** The speaker stands first, or after an inverted auxiliary ("a-t-il ajouté"). */
  private opensWith(first: number, speaker: NounPhrase): boolean {
    return this.skipAuxiliaries(first, speaker.first) === speaker.first;
  }

  private commaBetween(first: number, last: number): boolean {
    for (let at = first; at < last; at++) if (this.reader.text(at) === ',') return true;
    return false;
  }
}
