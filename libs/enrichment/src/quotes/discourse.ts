import type { SpanData } from '@wireroom/contracts';
import { splitSentences } from '../text/sentences.js';
import type { TextIndex } from '../text/text-index.js';
import { firstFrom, spansIn } from '../text/spans.js';
import { tokenize } from '../text/tokens.js';
import { Cast, genderOf, headOf, isAnyBody, type Mention, type Person } from './cast.js';
import { genderOfName, type Gender } from './given-names.js';
import { BODIES, isAgent, isPersonal, isRole, NOT_PERSONAL, SOLE_OFFICES, type SpeechLexicon } from './lexicon.js';
import { isAgeNoun, PhraseReader, type NameRun, type NounPhrase } from './noun-phrase.js';
import type { QuotedSpan } from './quotation-marks.js';

/** A sentence of the running text with its token range; quotations in it are blanked. */
export interface PlainSentence extends SpanData {
  first: number;
  last: number;
  paragraph: number;
}

/** Tokens of what may stand between an office and the name in apposition: "director in the capital, Lars Holm,". */
const LONGEST_COMPLEMENT = 6;
/** Paragraphs back to whom a noun with its article may mean. */
const FARTHEST_ANAPHOR = 3;
/** Letters by which "sindical" is known to be of a "sindicato". */
const SHORTEST_STEM = 5;
/** "of", with and without an article. */
const OF = /^(?:d[ei]|d[aeo]s?|du|des|d['’]|de[gl]l?[aeio]?|dell['’]|en)$/;
/** "cette même élue". */
const SAME = new Set('même mismo misma stesso stessa mesmo mesma'.split(' '));
/** Tokens from a subject to the verb that gives it a name. */
const FARTHEST_NAMING = 12;
/** Paragraphs back to whom a text is about. */
const FARTHEST_TOPIC = 2;
/** Nouns for players and artists, who are seldom spoken of by anything else. */
const PLAYERS = new Set(
  (
    'goaltender goalkeeper netminder quarterback pitcher defenceman defender midfielder forward striker winger captain ' +
    'skipper spinner batsman bowler all-rounder jockey rider sprinter swimmer boxer golfer player actor actress novelist ' +
    'poet playwright singer songwriter rapper musician pianist violinist composer conductor painter sculptor comedian ' +
    'director author writer'
  ).split(' '),
);
/** What a body is to what it has: "the ship's owner, Halcyon Bulk". */
const OWNERS = new Set('owner founder partner rival neighbour neighbor successor'.split(' '));
/** Titles beside which somebody may hold any office. */
const COURTESIES = new Set(
  'mr mrs ms miss dr doctor prof professor sir dame lord lady right reverend rev hon honourable father sister brother mother'.split(
    ' ',
  ),
);
/** What stands before the subject of an English question, and the words that may stand before that. */
const INVERTED = new Set('would will did does do is was are were has had can could should'.split(' '));
const LONGEST_QUESTION_WORDS = 4;
/** The name of somebody whom the text doesn't name. */
const NOBODY = '';

/**
 * The running text of an article with its quotations blanked, read from top to bottom: who is
 * named where, who is the subject of which sentence, and therefore whom "she" and "the minister" mean.
 */
export class Discourse {
  readonly reader: PhraseReader;
  readonly cast: Cast;
  readonly sentences: readonly PlainSentence[];
  readonly body: string;
  /** The body with the inside of its quotations blanked; same length, same offsets. */
  readonly plain: string;
  private readonly mentions: Mention[] = [];
  /** Names that may be people's: a later surname on its own, speaking or acting, settles it. */
  private readonly possible: NounPhrase[] = [];

  constructor(
    text: TextIndex,
    quoted: readonly QuotedSpan[],
    private readonly lexicon: SpeechLexicon,
    dateline?: SpanData,
  ) {
    this.body = text.body;
    // Where a story was filed is nobody who may speak in it.
    const unread = dateline ? [...quoted, dateline].sort((a, b) => a.start - b.start) : quoted;
    this.plain = blank(text.body, unread);
    const withQuotes = new Set(quoted.map(({ paragraph }) => paragraph));
    if (dateline) withQuotes.add(text.paragraphs.findIndex(({ end }) => end >= dateline.end));
    // What holds no quotation is cut already.
    const tokens = text.paragraphs.flatMap((paragraph, index) =>
      withQuotes.has(index) ? tokenize(this.plain, paragraph) : spansIn(text.tokens, paragraph),
    );
    this.reader = new PhraseReader(this.plain, tokens, lexicon);
    this.cast = new Cast(this.reader, lexicon);
    this.sentences = text.paragraphs.flatMap((paragraph, index) => {
      const sentences = withQuotes.has(index)
        ? splitSentences(this.plain, paragraph)
        : spansIn(text.sentences, paragraph);
      return sentences.map(({ start, end }) => ({
        start,
        end,
        first: this.tokenAt(start),
        last: this.tokenAt(end),
        paragraph: index,
      }));
    });
    this.meetEveryone();
    this.introduceLead();
    this.readSubjects();
  }

  /** Index of the first token at or after an offset. */
  tokenAt(offset: number): number {
    return firstFrom(this.reader.tokens, offset);
  }

  /** Index of the last sentence that begins at or before an offset. */
  sentenceAt(offset: number): number {
    return Math.max(0, firstFrom(this.sentences, offset + 1) - 1);
  }

  /** The person a phrase means at its place, with how sure that is; undefined where nobody fits. */
  resolve(phrase: NounPhrase): { person: Person; confidence: number } | undefined {
    switch (phrase.kind) {
      case 'name':
        if (this.isCommonNoun(phrase)) return undefined;
        return {
          person:
            (phrase.name.includes(' ')
              ? this.cast.byName(phrase.name, this.cast.genderOf(phrase.roles, phrase.determiner), phrase.start)
              : this.personNamed(phrase)) ?? this.cast.meet(phrase),
          confidence: 0.95,
        };
      case 'description': {
        const called = this.calledByTitle(phrase);
        if (called) return { person: called, confidence: 0.95 };
        if (this.isMeantLikePronoun(phrase)) return this.resolvePronoun(phrase);
        const named = this.cast.byDescription(phrase.roles, phrase.determiner, phrase.start);
        if (named && !this.isRatherAnother(named, phrase) && !this.isOfAnother(named, phrase))
          return { person: named, confidence: 0.85 };
        const body = this.bodyMeantBy(phrase);
        if (body) return { person: body, confidence: 0.75 };
        if (this.lexicon.anyBodies.has(phrase.roles[0] ?? '')) return this.bodyAsQualified(phrase);
        return isAge(phrase) ? this.resolveAge(phrase) : this.resolveBareNoun(phrase);
      }
      case 'pronoun':
        return this.resolvePronoun(phrase);
      case 'unnamed':
        return undefined;
    }
  }

  /** "Earl says", after Earl Hutchins: a given name that is a title too. */
  private calledByTitle({ roles, determiner, first, last }: NounPhrase): Person | undefined {
    const isName = determiner === '' && last - first === 1 && this.reader.isCapital(first);
    return isName ? this.cast.people.find(({ name }) => name.toLowerCase().startsWith(`${roles[0]} `)) : undefined;
  }

  /** "l'intéressée", "el interesado": nouns that mean whoever is in mind. */
  private isMeantLikePronoun({ roles }: NounPhrase): boolean {
    const [word = ''] = roles;
    return (
      this.lexicon.tellsGender && roles.length === 1 && (this.lexicon.male.has(word) || this.lexicon.female.has(word))
    );
  }

  /** "il tecnico", after a paragraph about a colleague of the coach: another word for an office, where somebody else is in mind. */
  private isRatherAnother(person: Person, { roles, determiner, start }: NounPhrase): boolean {
    if (!this.lexicon.tellsGender || roles.some((word) => person.roles.has(word))) return false;
    const { paragraph } = this.sentences[this.sentenceAt(start)]!;
    const gender = this.cast.genderOf(roles, determiner);
    const near = this.mentions.filter(
      (mention) =>
        mention.paragraph === paragraph && mention.start < start && (!gender || mayBe(mention.person, gender)),
    );
    const last = near.findLast(({ isSubject }) => isSubject) ?? near.at(-1);
    return last !== undefined && last.person !== person;
  }

  /** "le ministre du Redressement productif", where the one who is named is that "de l'Intérieur". */
  private isOfAnother(person: Person, phrase: NounPhrase): boolean {
    const isNamed = /.\p{Lu}/u.test(this.body.slice(phrase.start, phrase.end));
    if (!this.lexicon.tellsGender || !isNamed || !isOfSomething({ roles: [...person.roles] })) return false;
    const link = phrase.roles.findIndex((word) => OF.test(word));
    const complement = link < 0 ? [] : phrase.roles.slice(link + 1).filter((word) => !OF.test(word));
    return complement.length > 0 && !complement.some((word) => word.length > 2 && person.roles.has(word));
  }

  /** "Le gouvernement s'est donné un but. Il a déclaré": a body of the pronoun's gender, where every subject is said. */
  private isAboutBody(before: number, gender: Gender): boolean {
    const sentence = this.sentences[this.sentenceAt(before) - 1];
    const isFrench = this.lexicon.tellsGender && !this.lexicon.dropsPronoun;
    if (!isFrench || sentence?.paragraph !== this.sentences[this.sentenceAt(before)]?.paragraph) return false;
    const subject = sentence && this.subjectOf(sentence);
    if (!subject || subject.kind === 'name' || subject.roles.some((word) => isPersonal(word, this.lexicon)))
      return false;
    const isBody = subject.roles.some((word) => this.lexicon.bodyNouns.has(word));
    return isBody && (this.cast.genderOf([], subject.determiner) ?? gender) === gender;
  }

  /** "plaisante la traileuse": who does something and speaks is the only one above of that gender of whom nothing else is said. */
  agentMeantBy(phrase: NounPhrase): { person: Person; confidence: number } | undefined {
    const { kind, roles, determiner } = phrase;
    const isAgentAlone = kind === 'description' && roles.length === 1 && isAgent(roles[0]!);
    if (!this.lexicon.tellsGender || !isAgentAlone || this.lexicon.possessives.has(determiner)) return undefined;
    return this.onlyUndescribed(phrase, roles[0]!);
  }

  /** "Forecasters warned": one word whose capital the sentence gives it, in a text that never writes it with one elsewhere. */
  private isCommonNoun({ name, first, determiner }: NounPhrase): boolean {
    const opens = this.opensSentence(first) && !/\p{L}\p{Lu}/u.test(name);
    if (!opens || determiner !== '' || name.includes(' ') || this.cast.byName(name)) return false;
    return !this.reader.tokens.some(({ text }, at) => text === name && !this.opensSentence(at));
  }

  /** "Der Saal", "der Zeitung": a noun with its article, which German writes like a name. */
  isNoun({ kind, name, determiner }: NounPhrase): boolean {
    const isWord = this.lexicon.capitalsNouns === true && kind === 'name' && determiner !== '' && !name.includes(' ');
    return isWord && !this.cast.byName(name);
  }

  private opensSentence(at: number): boolean {
    const start = this.reader.tokens[at]?.start ?? 0;
    return this.tokenAt(this.sentences[this.sentenceAt(start)]?.start ?? 0) === at;
  }

  /** The subject of a sentence, past an opening clause or conjunction. */
  subjectOf(sentence: PlainSentence): NounPhrase | undefined {
    const starts = [this.skipOpening(this.skipMarks(sentence.first, sentence.last))];
    for (let at = sentence.first; at < sentence.last && at < sentence.first + 20; at++) {
      if (this.reader.text(at) === ',') starts.push(at + 1);
    }
    if (this.lexicon.boundaries.has(this.reader.lower(sentence.first))) starts.splice(1, 0, sentence.first + 1);
    const opensWithClause = this.lexicon.boundaries.has(this.reader.lower(sentence.first));
    for (const start of starts) {
      const phrase = this.reader.startingAt(start, sentence.last);
      if (phrase && start !== starts.at(-1) && this.isOpeningWord(phrase)) continue;
      if (!phrase || (opensWithClause && start === sentence.first + 1 && !this.isConjunction(sentence.first))) continue;
      return this.actingIn(phrase, start) ?? this.apposedTo(phrase) ?? phrase;
    }
    return undefined;
  }

  /** `"…," she writes.`: past words in marks, of which only the marks are left. */
  private skipMarks(first: number, last: number): number {
    let at = first;
    while (at < last && /^["'“”‘’«»„‹›]$/.test(this.reader.text(at))) at++;
    return at;
  }

  /** "Then he looked up": past an English adverb that opens the sentence. */
  private skipOpening(first: number): number {
    const isAdverb = /^(?:then|later|still|soon|now|once|afterwards)$/.test(this.reader.lower(first));
    return isAdverb && !this.lexicon.isVerbFirst && this.reader.text(first + 1) !== ',' ? first + 1 : first;
  }

  private subjectFrom(first: number, last: number): NounPhrase | undefined {
    const phrase = this.reader.startingAt(first, last);
    return phrase && (this.actingIn(phrase, first) ?? phrase);
  }

  /** "Interrogada por ello, la ministra …": a word whose capital the sentence gives it, before a comma. */
  isOpeningWord(phrase: NounPhrase): boolean {
    if (!this.lexicon.tellsGender) return false;
    return phrase.kind === 'name' ? this.isCommonNoun(phrase) : this.isOpeningApposition(phrase);
  }

  /** "Autor do gol, o atacante …": what somebody is, before a comma and who it is. */
  private isOpeningApposition({ kind, determiner, first, last }: NounPhrase): boolean {
    if (kind === 'pronoun' || determiner !== '' || !this.opensSentence(first)) return false;
    let at = last;
    while (at < last + LONGEST_COMPLEMENT && /^\p{L}/u.test(this.reader.text(at)) && !this.reader.isVerb(at)) at++;
    return this.reader.text(at) === ',' && (at === last || this.lexicon.boundaries.has(this.reader.lower(last)));
  }

  /** "Brell's father and coach, Anton,": the name of somebody known that follows what they are. */
  private apposedTo(phrase: NounPhrase): NounPhrase | undefined {
    if (phrase.kind === 'name' || phrase.kind === 'pronoun') return undefined;
    for (let at = phrase.last; at < phrase.last + LONGEST_COMPLEMENT; at++) {
      const isNamed = this.isNamedBehind(at);
      if (this.reader.isVerb(at) && !isNamed) return undefined;
      const end = isNamed || this.reader.text(at) === ',' ? this.endOfKnownName(at + 1) : undefined;
      if (end !== undefined && this.reader.text(end) === ',') return this.reader.startingAt(at + 1, end);
    }
    return undefined;
  }

  /** "Holt shot back": somebody known, named at a token and doing something. */
  acting(first: number): NounPhrase | undefined {
    const end = this.endOfKnownName(first);
    return end !== undefined && /^\p{Ll}/u.test(this.reader.text(end)) ? this.reader.startingAt(first, end) : undefined;
  }

  /** Everybody known whom a token range names. */
  peopleNamed(first: number, last: number): NounPhrase[] {
    const named: NounPhrase[] = [];
    for (let at = first; at < last; at++) {
      const end = this.endOfKnownName(at);
      if (end === undefined) continue;
      const person = this.reader.startingAt(at, end);
      // "Habla Inmaculada Roldós": the verb has the sentence's capital.
      if (!person) continue;
      named.push(person);
      at = end - 1;
    }
    return named;
  }

  /** "Mira Holt met Paul Renn": whom a phrase begins with, where the words that follow are no office but what they did. */
  private actingIn(phrase: NounPhrase, first: number): NounPhrase | undefined {
    const from = this.reader.tokens[first]!.start;
    const within = this.mentions.slice(firstFrom(this.mentions, from), firstFrom(this.mentions, phrase.end));
    const person = within.find(({ end }) => end < phrase.end);
    const next = person ? this.tokenAt(person.end) : this.endOfKnownName(first);
    if (next === undefined) return undefined;
    const isVerb = /^\p{Ll}/u.test(this.reader.text(next)) && !isRole(this.reader.lower(next));
    return isVerb ? this.reader.startingAt(first, next) : undefined;
  }

  /** "Holt disagreed": the end of a name at the start, where it is that of somebody known by now. */
  private endOfKnownName(first: number): number | undefined {
    const run = this.reader.nameRun(first, first + 4);
    const name = run && this.plain.slice(this.reader.tokens[run.first]!.start, this.reader.tokens[run.last - 1]!.end);
    return name && this.cast.byName(name) ? run.last : undefined;
  }

  /** "Al suo fianco Corrado Vessillo si schermisce": the one person whom a Romance sentence names, if nothing stands before that makes it of or with them. */
  onlyActorOf({ first, last }: PlainSentence): NounPhrase | undefined {
    if (!this.lexicon.tellsGender) return undefined;
    const named = this.peopleNamed(first, last);
    const [actor] = named;
    return named.length === 1 && !this.lexicon.prepositions.has(this.reader.lower(actor!.first - 1))
      ? actor
      : undefined;
  }

  /** "Sul posto anche il prefetto.": whether a sentence speaks of somebody by name or by what they are. */
  speaksOfSomebody({ first, last }: PlainSentence): boolean {
    if (!this.lexicon.tellsGender) return false;
    if (this.lexicon.indefinite.has(this.reader.lower(first)) || this.peopleNamed(first, last).length > 0) return true;
    for (let at = first + 1; at < last; at++) {
      const isOffice = isPersonal(this.reader.lower(at), this.lexicon);
      const hasArticle = this.lexicon.determiners.has(this.reader.lower(at - 1));
      if (isOffice && hasArticle && !this.lexicon.prepositions.has(this.reader.lower(at - 2))) return true;
    }
    return false;
  }

  /** "il commento di Anna Rossi": what a name stands behind is somebody's. */
  isPossessed({ first }: NounPhrase): boolean {
    return /^(?:d[eio]|da|du|d['’])$/.test(this.reader.lower(first - 1));
  }

  /** The people whom a paragraph names or means. */
  peopleIn(paragraph: number): Person[] {
    return this.mentions
      .filter((mention) => mention.paragraph === paragraph && !mention.person.isBody && mention.person.name !== NOBODY)
      .map(({ person }) => person);
  }

  /** "Ghiberti, che cosa …?", "…, Ghiberti?": whom a paragraph speaks to by a name. */
  addressedIn(paragraph: number): Person | undefined {
    const sentences = this.sentences.filter((sentence) => sentence.paragraph === paragraph);
    const [first, last] = [sentences[0]?.first ?? 0, sentences.at(-1)?.last ?? 0];
    const named = this.peopleNamed(first, last).find(
      (name) =>
        (name.first === first && this.reader.text(name.last) === ',') ||
        (this.reader.text(name.first - 1) === ',' && this.reader.text(name.last) === '?'),
    );
    return named && this.resolve(named)?.person;
  }

  /** Offset at which a paragraph begins. */
  startOfParagraph(paragraph: number): number {
    return this.sentences.find((sentence) => sentence.paragraph === paragraph)?.start ?? 0;
  }

  /** The person most in mind before an offset: near, a subject, of the right gender. */
  mostSalient(before: number, gender?: Gender, accept: (person: Person) => boolean = () => true): Person | undefined {
    const here = this.sentenceAt(before);
    const paragraph = this.sentences[here]?.paragraph ?? 0;
    const earlier = this.mentions.slice(0, firstFrom(this.mentions, before));
    const isNear = (mention: Mention) => mention.paragraph === paragraph;
    const hasSubject = earlier.some((mention) => mention.isSubject && isNear(mention));
    const hero = earlier.some(isNear) ? undefined : heroOf(earlier);
    let best: { person: Person; score: number } | undefined;
    for (const mention of earlier) {
      const { person } = mention;
      const paragraphs = paragraph - mention.paragraph;
      if (paragraphs > 3 || (gender && !mayBe(person, gender)) || !accept(person)) continue;
      const sentences = here - mention.sentence;
      // "More from Foss, who sounds tired. The wind, he says, is …": named in a paragraph that is about nobody else.
      const isInMind = mention.isSubject || (!hasSubject && paragraphs === 0 && sentences > 0);
      const bonus = (isInMind ? 2 : 0) + (gender && genderOf(person) ? 0.6 : 0) + (person === hero ? 1.5 : 0);
      const score = bonus - paragraphs - sentences * 0.8;
      if (!best || score >= best.score) best = { person, score };
    }
    return best?.person;
  }

  /** Records that a person is meant at a place, for the pronouns that follow. */
  note(person: Person, span: SpanData, isSubject: boolean): void {
    const sentence = this.sentenceAt(span.start);
    const mention = {
      person,
      start: span.start,
      end: span.end,
      isSubject,
      sentence,
      paragraph: this.sentences[sentence]?.paragraph ?? 0,
    };
    for (const mentions of [this.mentions, person.mentions])
      mentions.splice(firstFrom(mentions, span.start + 1), 0, mention);
  }

  /** The person of the cast that a name means, or one whom this mention shows to be a person. */
  private personNamed(phrase: NounPhrase): Person | undefined {
    const known = this.cast.byName(phrase.name, this.cast.genderOf(phrase.roles, phrase.determiner), phrase.start);
    if (known) return known;
    const surname = lastWord(phrase.name);
    const at = this.possible.findIndex(({ name }) => lastWord(name) === surname || name.startsWith(`${phrase.name} `));
    if (at < 0) return undefined;
    const [other] = this.possible.splice(at, 1);
    const person = this.cast.meet(other!);
    this.note(person, other!, false);
    return person;
  }

  /** "His verdict: "…"": whose verdict it is. */
  possessorOf(phrase: NounPhrase): { person: Person; confidence: number } | undefined {
    const isSomebody =
      phrase.roles.some((word) => isRole(word)) || (phrase.kind === 'name' && phrase.name.includes(' '));
    if (!this.lexicon.possessives.has(phrase.determiner) || isSomebody) return undefined;
    const possessor = this.resolvePronoun({ ...phrase, roles: [phrase.determiner] });
    return possessor && { ...possessor, confidence: 0.5 };
  }

  /** "the trust", after the Harrow Valley Hospital Trust and no other: a body by the last word of its name. */
  private bodyMeantBy({ roles, determiner, start }: NounPhrase): Person | undefined {
    const [noun = '', ...more] = roles;
    const { bodyNouns, anyBodies } = this.lexicon;
    const isBody = NOT_PERSONAL.has(noun) || BODIES.has(noun) || bodyNouns.has(noun);
    if (
      more.length > 0 ||
      (anyBodies.has(noun) && !this.isBodyNear(start)) ||
      this.lexicon.possessives.has(determiner) ||
      !isBody
    )
      return undefined;
    const names = new Set(this.namesEndingIn(noun, start));
    const [name] = names;
    if (name === undefined)
      return this.cast.bodyMeantBy(noun) ?? (isAnyBody(noun) ? this.nameActingBefore(start) : undefined);
    if (names.size > 1) return undefined;
    return this.cast.byName(name) ?? { name, roles: new Set(), isBody: true, mentions: [] };
  }

  /** "Northern Grid says …. "…," the company posted": the name that acts in the sentence before and is nobody's. */
  private nameActingBefore(start: number): Person | undefined {
    const here = this.sentenceAt(start);
    const before = this.sentences.slice(0, here).findLast(({ end }) => end < start);
    const subject = before?.paragraph === this.sentences[here]!.paragraph ? this.subjectOf(before) : undefined;
    if (subject?.kind !== 'name' || this.isCommonNoun(subject)) return undefined;
    const known = this.cast.byName(subject.name);
    // What speaks may be a body's name as well, where nothing shows it to be a person's.
    const isPerson = known && [...known.roles].some((word) => isRole(word) && !OWNERS.has(word));
    if (known && !known.isBody && (genderOf(known) ?? (isPerson || !known.name.includes(' ')))) return undefined;
    return known ?? { name: subject.name, roles: new Set(), isBody: true, mentions: [] };
  }

  /** "la organización": one that was named not far above. */
  private isBodyNear(before: number): boolean {
    const here = this.sentences[this.sentenceAt(before)]!.paragraph;
    return this.mentions.some(
      ({ person, start, paragraph }) => person.isBody && start < before && here - paragraph <= FARTHEST_TOPIC,
    );
  }

  /** "a estrutura sindical": the body of the sentence before, where its own name says the same of it. */
  private bodyAsQualified({ roles, start }: NounPhrase): { person: Person; confidence: number } | undefined {
    const body = this.bodyInMind(start);
    const stems = roles.slice(1).map((word) => word.slice(0, SHORTEST_STEM));
    const name = body?.person.name.toLowerCase() ?? '';
    return stems.every((stem) => name.includes(stem)) ? body : undefined;
  }

  /** The names before an offset whose last word is a noun. */
  private namesEndingIn(noun: string, before: number): string[] {
    const names: string[] = [];
    for (let at = 0; at < this.tokenAt(before); at++) {
      const run = this.reader.nameRun(at, this.reader.tokens.length);
      if (!run) continue;
      const first = this.lexicon.determiners.has(this.reader.lower(at)) ? at + 1 : at;
      if (this.reader.lower(run.last - 1) === noun && run.last - first > 1)
        names.push(this.plain.slice(this.reader.tokens[first]!.start, this.reader.tokens[run.last - 1]!.end));
      at = run.last - 1;
    }
    return names;
  }

  /** "the 19-year-old": whoever is in mind. */
  private resolveAge(phrase: NounPhrase): { person: Person; confidence: number } | undefined {
    const person = this.mostSalient(phrase.start);
    return person && person.name !== NOBODY ? { person, confidence: 0.5 } : undefined;
  }

  /** "the striker", of whom nothing but a name was said so far: the one in mind, never somebody with an office. */
  private resolveBareNoun(phrase: NounPhrase): { person: Person; confidence: number } | undefined {
    // "his lawyer" is somebody else than the one in mind, "the opposition" is nobody.
    const isTheirs = this.lexicon.possessives.has(phrase.determiner);
    if (this.lexicon.tellsGender) return isTheirs ? undefined : this.resolveAnaphor(phrase);
    // "the Westhaven manager": what somebody is may have what it is of before it, by its name.
    const isNamed = phrase.roles.length === 2 && this.reader.isCapital(phrase.last - 2);
    if ((phrase.roles.length !== 1 && !isNamed) || isTheirs || !isRole(phrase.roles.at(-1)!)) return undefined;
    const { paragraph } = this.sentences[this.sentenceAt(phrase.start)]!;
    const person = this.mostSalient(
      phrase.start,
      this.cast.genderOf(phrase.roles, phrase.determiner),
      ({ name, roles, mentions }) =>
        name !== NOBODY &&
        roles.size === 0 &&
        mentions.some((mention) => mention.paragraph === paragraph && mention.start < phrase.start),
    );
    return person ? { person, confidence: 0.5 } : this.playerMeantBy(phrase, paragraph);
  }

  /** "the goaltender said", "The actress is late": nouns that papers use for another mention, for the only one near whom they may mean. */
  private playerMeantBy(phrase: NounPhrase, paragraph: number): { person: Person; confidence: number } | undefined {
    const noun = phrase.roles.at(-1)!;
    if (!PLAYERS.has(noun) || phrase.determiner !== 'the') return undefined;
    const gender = this.cast.genderOf(phrase.roles);
    const near = this.cast.people.filter(
      (person) =>
        !person.isBody &&
        (!gender || mayBe(person, gender)) &&
        person.mentions.some(
          (mention) => mention.start < phrase.start && paragraph - mention.paragraph <= FARTHEST_TOPIC,
        ),
    );
    const [person] = near;
    return person && near.length === 1 && person.roles.size === 0 ? { person, confidence: 0.5 } : undefined;
  }

  /**
   * "confie la comédienne": a noun with its article and nothing behind is whoever of that gender was named last of those of
   * whom nothing else is said, and the only one above. Offices that one person holds need to be said of somebody here.
   */
  private resolveAnaphor(phrase: NounPhrase): { person: Person; confidence: number } | undefined {
    const offices = phrase.roles.filter((word) => isPersonal(word, this.lexicon));
    const [office = ''] = offices;
    if (offices.length !== 1) return undefined;
    if (isOfSomething(phrase)) return this.resolveToSubjectBefore(phrase);
    return this.onlyUndescribed(phrase, office);
  }

  private onlyUndescribed(phrase: NounPhrase, office: string): { person: Person; confidence: number } | undefined {
    const { paragraph: own } = this.sentences[this.sentenceAt(phrase.start)]!;
    const gender = this.cast.genderOf([office], phrase.determiner) ?? this.cast.genderOf([office]);
    const isGeneric = !isRole(office) && isPersonal(office, this.lexicon);
    const fitting = this.cast.people.filter(
      (person) =>
        !person.isBody &&
        (isGeneric ? genderOf(person) === gender : person.roles.size === 0 && (!gender || mayBe(person, gender))) &&
        person.mentions.some(
          ({ paragraph, start }) =>
            start < phrase.start && own - paragraph <= (SOLE_OFFICES.has(office) ? 0 : FARTHEST_ANAPHOR),
        ),
    );
    const here = fitting.length === 1 ? fitting : this.onlyOneHere(phrase, gender);
    const [person] = fitting.length === 0 ? here : here.filter((one) => fitting.includes(one));
    if (!person || isImpersonal(person.name)) return undefined;
    if (!isGeneric && fitting.length > 0) person.roles.add(office);
    person.gender ??= gender;
    return { person, confidence: 0.5 };
  }

  /** "o dirigente", after a paragraph's only person, a coordinator: another word for the same, where no one else fits it. */
  private onlyOneHere({ start, roles, determiner }: NounPhrase, gender?: Gender): Person[] {
    const { paragraph } = this.sentences[this.sentenceAt(start)]!;
    const near = this.mentions.filter((mention) => mention.paragraph === paragraph && mention.start < start);
    const people = [...new Set(near.map(({ person }) => person))];
    const [person] = people;
    const isVague =
      roles.filter((word) => !SAME.has(word)).length > 1 ||
      SOLE_OFFICES.has(roles[0]!) ||
      this.lexicon.indefinite.has(determiner);
    const fits = person && people.length === 1 && !person.isBody && (!gender || mayBe(person, gender));
    return fits && !isVague && near.some(({ isSubject }) => isSubject) && person.name !== NOBODY ? people : [];
  }

  /** "X ne décolère pas. « … », lance la directrice du festival.": the subject of the sentence before, of whom nothing else is said. */
  private resolveToSubjectBefore(phrase: NounPhrase): { person: Person; confidence: number } | undefined {
    const here = this.sentenceAt(phrase.start);
    const { paragraph } = this.sentences[here]!;
    const near = this.mentions.filter((mention) => mention.paragraph === paragraph && mention.start < phrase.start);
    const [mention] = near;
    const person = mention?.person;
    const isOnly = near.every((other) => other.person === person) && near.some(({ isSubject }) => isSubject);
    const gender = this.cast.genderOf(phrase.roles, phrase.determiner);
    const fits = person && isOnly && here - mention.sentence <= 2 && (!gender || mayBe(person, gender));
    return fits && person.name !== NOBODY && person.roles.size === 0 ? { person, confidence: 0.5 } : undefined;
  }

  /** Whom the paragraphs above are about: the only one that they mention, or the subject of what leads here by a colon. */
  topicBefore(offset: number): Person | undefined {
    const here = this.sentences[this.sentenceAt(offset)]?.paragraph ?? 0;
    const above = this.mentions.filter(({ start, paragraph }) => start < offset && here - paragraph <= FARTHEST_TOPIC);
    const nearest = Math.max(...above.map(({ paragraph }) => paragraph));
    const within = above.filter(({ paragraph }) => paragraph === nearest);
    const sentence = Math.max(...within.filter(({ isSubject }) => isSubject).map((mention) => mention.sentence));
    const acting = within.filter((mention) => mention.isSubject && mention.sentence === sentence);
    const isOne = new Set(within.map(({ person }) => person)).size === 1;
    const leadsOn = this.sentences[this.sentenceAt(offset) - 1];
    const isLedTo = leadsOn !== undefined && /:\s*$/.test(this.plain.slice(leadsOn.start, leadsOn.end));
    const candidates = new Set((isLedTo ? acting : isOne ? within : []).map(({ person }) => person));
    const [person] = candidates;
    const isSure = person !== undefined && person.name !== NOBODY && (person.roles.size > 0 || genderOf(person));
    return candidates.size === 1 && isSure ? person : undefined;
  }

  /** Who says what the last sentence of the paragraph above reports, where nothing stands in it in marks. */
  reporterAbove(paragraph: number): Mention | undefined {
    const above = this.sentences.findLast((sentence) => sentence.paragraph === paragraph - 1);
    if (!above || /["“”«»‘]/.test(this.plain.slice(above.start, above.end))) return undefined;
    const asked = this.askedAbout(above);
    const answering = asked && this.resolve(asked)?.person.mentions.findLast(({ start }) => start < above.end);
    if (answering) return answering;
    const subject = this.subjectOf(above);
    const speaks = subject && this.lexicon.direct.has(this.reader.lower(subject.last));
    const mention = this.mentions.findLast(
      ({ isSubject, sentence }) => isSubject && this.sentences[sentence] === above,
    );
    return speaks && mention && !mention.person.isBody && mention.person.name !== NOBODY ? mention : undefined;
  }

  /** "The premier has spoken. Here is the passage:", and the quotation in a paragraph of its own: whom the one above is about. */
  leadingTo(offset: number): Mention | undefined {
    const here = this.sentenceAt(offset);
    const above = this.sentences[here - 1];
    const { paragraph, start } = this.sentences[here]!;
    const isLedTo = above?.paragraph === paragraph - 1 && /:\s*$/.test(this.plain.slice(above.start, above.end));
    if (!isLedTo || offset !== start) return undefined;
    const subject = this.mentions.findLast((mention) => mention.isSubject && mention.paragraph === above.paragraph);
    return subject && subject.person.name !== NOBODY ? subject : undefined;
  }

  private resolvePronoun(phrase: NounPhrase): { person: Person; confidence: number } | undefined {
    const [pronoun = ''] = phrase.roles;
    if (pronoun === 'it') return this.bodyMeantByIt(phrase.start);
    const gender = this.lexicon.female.has(pronoun) ? 'female' : this.lexicon.male.has(pronoun) ? 'male' : undefined;
    if (!gender || (phrase.kind === 'pronoun' && this.isAboutBody(phrase.start, gender))) return undefined;
    const person = this.mostSalient(phrase.start, gender);
    if (!person || person.name === NOBODY) return undefined;
    const isContested = this.hasRival(person, phrase.start, gender);
    person.gender ??= gender;
    return { person, confidence: isContested ? 0.5 : 0.75 };
  }

  /** "The Workers' Federation said …. "…," it added": a name that is nobody's acts in the sentence before. */
  private bodyMeantByIt(start: number): { person: Person; confidence: number } | undefined {
    const body = this.nameActingBefore(start);
    return body ? { person: body, confidence: 0.5 } : this.bodyInMind(start);
  }

  /** "it posted": the body that acts in the sentence before, or further up in this one. */
  private bodyInMind(before: number): { person: Person; confidence: number } | undefined {
    const here = this.sentenceAt(before);
    const last = this.mentions.findLast(({ start, isSubject }) => isSubject && start < before);
    const isNear = last !== undefined && here - last.sentence <= 1;
    return isNear && (last.person.isBody || isImpersonal(last.person.name))
      ? { person: last.person, confidence: 0.5 }
      : undefined;
  }

  /** Whether the sentence that named a person last names another whom the pronoun may as well mean. */
  private hasRival(person: Person, before: number, gender: Gender): boolean {
    const earlier = this.mentions.filter(({ start }) => start < before);
    const last = earlier.findLast((mention) => mention.person === person);
    return earlier.some(
      (mention) =>
        mention.sentence === last?.sentence &&
        mention.person !== person &&
        (genderOf(mention.person) ?? gender) === gender,
    );
  }

  private isConjunction(at: number): boolean {
    if (this.lexicon.tellsGender && this.lexicon.prepositions.has(this.reader.lower(at))) return false;
    return ['but', 'and', 'aber', 'und', 'mais', 'et', 'pero', 'y', 'ma', 'e', 'mas', 'maar', 'en'].includes(
      this.reader.lower(at),
    );
  }

  /** First reading: every name that shows itself to be a person's, with what is said of them. */
  private meetEveryone(): void {
    for (const sentence of this.sentences) {
      for (let at = sentence.first; at < sentence.last; at++) {
        const run = this.reader.nameRun(at, sentence.last);
        const phrase = run && (this.personAt(run, sentence) ?? this.bodyAt(run, sentence));
        if (!phrase) continue;
        const noun = this.cast.bodyNounOf(phrase);
        const person = noun ? this.cast.meetBody(phrase, noun) : this.cast.meet(phrase);
        if (phrase.roles.includes('counterpart')) this.inheritFromSubject(person, sentence);
        this.note(person, phrase, false);
        at = phrase.last - 1;
      }
    }
  }

  private inheritFromSubject(person: Person, sentence: PlainSentence): void {
    const subject = this.subjectOf(sentence);
    const other = subject?.kind === 'name' ? this.cast.byName(subject.name) : undefined;
    const holder =
      other ?? this.mostSalient(this.reader.tokens[sentence.last - 1]?.start ?? 0, undefined, (p) => p !== person);
    if (holder && holder !== person) this.cast.inheritOffice(person, holder);
  }

  /** "The vice-chancellor has resigned.¶ "…," Professor Leo Garrick said": the first whom the text names after an office it opens with. */
  private introduceLead(): void {
    const lead = this.sentences[0];
    const office = lead && (this.officeIn(lead) ?? this.officeReporting(lead));
    const [first] = this.mentions;
    const isNext = first !== undefined && lead !== undefined && first.paragraph === lead.paragraph + 1;
    if (!office || this.lexicon.isVerbFirst || !isNext) return;
    const { person } = first;
    const gender = this.cast.genderOf(office.roles, office.determiner);
    const isFree = [...person.roles].every((role) => COURTESIES.has(role)) && !person.isBody;
    if (isFree && (!gender || mayBe(person, gender))) for (const role of office.roles) person.roles.add(role);
  }

  private officeIn(sentence: PlainSentence): NounPhrase | undefined {
    const subject = this.subjectOf(sentence);
    const isUnnamed = subject?.kind === 'description' || subject?.kind === 'unnamed';
    return isUnnamed && headOf(subject.roles) ? subject : undefined;
  }

  /** "…, the transport minister announced on Tuesday." */
  private officeReporting({ first, last }: PlainSentence): NounPhrase | undefined {
    for (let at = last - 1; at > first; at--) {
      const before = this.reader.isVerb(at) ? this.reader.endingAt(at, first) : undefined;
      if (before?.kind === 'description' && headOf(before.roles) && this.reader.text(before.first - 1) === ',')
        return before;
    }
    return undefined;
  }

  /** Second reading: what the subject of each sentence means, in order, so that pronouns find the right one. */
  private readSubjects(): void {
    for (const sentence of this.sentences) {
      this.noteSubject(sentence);
      this.noteReporter(sentence);
      this.noteNamed(sentence);
    }
  }

  /** "More from Foss": whoever else a sentence names, by whichever of their names. */
  private noteNamed({ first, last }: PlainSentence): void {
    for (let at = first; at < last; at++) {
      const isName = this.reader.isCapital(at) && this.cast.isInName(this.reader.lower(at));
      const end = isName ? this.endOfKnownName(at) : undefined;
      const phrase = end === undefined ? undefined : this.reader.startingAt(at, end);
      if (!phrase) continue;
      at = phrase.last - 1;
      const known = this.mentions[firstFrom(this.mentions, phrase.start + 1) - 1];
      const person = known && known.end >= phrase.end ? undefined : this.resolve(phrase)?.person;
      if (person) this.note(person, phrase, false);
    }
  }

  private noteSubject(sentence: PlainSentence): void {
    const subject = this.subjectOf(sentence);
    if (!subject || (subject.kind === 'name' && !this.personNamed(subject))) return;
    const resolved = this.resolve(this.identified(subject) ?? subject);
    if (resolved) this.note(resolved.person, subject, true);
    else if (this.isSomebody(subject) && !this.isSaidOfName(subject) && !this.isHeading(subject, sentence))
      this.note(this.stranger(subject), subject, true);
  }

  private noteReporter(sentence: PlainSentence): void {
    const reporter = this.reporterOf(sentence);
    const person = reporter && this.cast.byName(reporter.name);
    if (person) this.note(person, reporter, true);
  }

  /** "The mayor had lied, said Mira Holt.": the sentence is hers, though it is about somebody else. */
  reporterOf({ first, last }: PlainSentence): NounPhrase | undefined {
    for (let at = last - 2; at > first; at--) {
      const isApart = /^[,"'”’»]$/.test(this.reader.text(at - 1));
      if (!isApart || !this.lexicon.direct.has(this.reader.lower(at))) continue;
      const reporter = this.reader.startingAt(at + 1, last);
      if (reporter?.kind === 'name' && this.cast.byName(reporter.name)) return reporter;
    }
    return this.sourceIn(first, last) ?? this.opinionIn(first, last);
  }

  /** "For Giulia Ferrante, an analyst, the market is overreacting." */
  private opinionIn(first: number, last: number): NounPhrase | undefined {
    const isOpinion = !this.lexicon.isVerbFirst && this.reader.lower(first) === this.lexicon.opinionOf;
    const holder = isOpinion ? this.reader.startingAt(first + 1, last) : undefined;
    return holder?.kind === 'name' && this.cast.byName(holder.name) ? holder : undefined;
  }

  /** "The hall was empty, according to the manager, Ann Renn." */
  private sourceIn(first: number, last: number): NounPhrase | undefined {
    for (let at = first; at < last - 2; at++) {
      if (this.reader.lower(at) !== 'according' || this.reader.lower(at + 1) !== 'to') continue;
      const source = this.reader.startingAt(at + 2, last);
      return source?.kind === 'name' && this.cast.byName(source.name) ? source : undefined;
    }
    return undefined;
  }

  /** "Would he visit her?", "What does the composer make of it?": whom an English question of the text is about. */
  askedAbout({ first, last }: PlainSentence): NounPhrase | undefined {
    if (this.reader.text(last - 1) !== '?') return undefined;
    for (let at = first; at < first + LONGEST_QUESTION_WORDS; at++)
      if (INVERTED.has(this.reader.lower(at))) return this.subjectFrom(at + 1, last);
    return undefined;
  }

  /** "Her successor will be Nadia Moss": the name that says who the subject is. */
  private identified(subject: NounPhrase): NounPhrase | undefined {
    if (subject.kind === 'name' || subject.kind === 'pronoun') return undefined;
    const called = this.lexicon.tellsGender ? this.calledBehind(subject.last) : this.givenBehind(subject.last);
    if (called) return called;
    let at = subject.last;
    while (this.lexicon.auxiliaries.has(this.reader.lower(at)) || this.lexicon.copulas.has(this.reader.lower(at))) at++;
    const end = at > subject.last ? this.endOfKnownName(at) : undefined;
    return end === undefined ? undefined : this.reader.startingAt(at, end);
  }

  /** "A passenger who gave her name only as Trudi". */
  private givenBehind(first: number): NounPhrase | undefined {
    for (let at = first; at < first + FARTHEST_NAMING && !/^[.;:]$/.test(this.reader.text(at)); at++) {
      const end = this.isGivenAsName(at) ? this.endOfKnownName(at) : undefined;
      if (end !== undefined) return this.reader.startingAt(at, end);
    }
    return undefined;
  }

  /** "O aprendiz tem 19 anos e chama-se Rúben Catarino": the name that a sentence says somebody has. */
  private calledBehind(first: number): NounPhrase | undefined {
    for (let at = first; at < first + FARTHEST_NAMING && !/^[.;:]$/.test(this.reader.text(at)); at++) {
      if (!/^(?:chama|llama|chiama|appelle)$/.test(this.reader.lower(at))) continue;
      const name = /^-$/.test(this.reader.text(at + 1)) ? at + 3 : at + 1;
      const end = this.endOfKnownName(name);
      if (end !== undefined) return this.reader.startingAt(name, end);
    }
    return undefined;
  }

  /** "Bettina Crale, [a costume designer]": right behind the comma of somebody's name. */
  private isSaidOfName({ first }: NounPhrase): boolean {
    const comma = this.reader.tokens[first - 1];
    return comma?.text === ',' && this.mentions.some(({ end }) => end === comma.start);
  }

  /** "[Herr] über 40.000 Bücher: …": words without an article or a verb that a colon ends, where nouns have capitals. */
  private isHeading({ last, determiner }: NounPhrase, sentence: PlainSentence): boolean {
    if (this.lexicon.capitalsNouns !== true || determiner !== '') return false;
    const { prepositions, determiners } = this.lexicon;
    for (let at = last; at < sentence.last; at++) {
      const word = this.reader.lower(at);
      if (word === ':') return true;
      if (/^\p{Ll}/u.test(this.reader.text(at)) && !prepositions.has(word) && !determiners.has(word)) return false;
    }
    return false;
  }

  /** "the driver", "one of the walkers", "a walker, who ...". */
  private isSomebody({ kind, roles, last }: NounPhrase): boolean {
    if (roles.some((word) => isPersonal(word, this.lexicon))) return true;
    const isWho = this.reader.text(last) === ',' && this.reader.lower(last + 1) === 'who';
    return kind === 'unnamed' && (isWho || (roles.join(' ') === 'one' && this.reader.lower(last) === 'of'));
  }

  /** "The bus driver", whom nobody names: the "he" that follows is still his. */
  private stranger({ roles, determiner }: NounPhrase): Person {
    return { name: NOBODY, roles: new Set(roles), gender: this.cast.genderOf(roles, determiner), mentions: [] };
  }

  /** A name, if its surroundings say that it is a person's: a title, an office, a verb of speech. */
  private personAt(run: NameRun, sentence: PlainSentence): NounPhrase | undefined {
    if (run.first > sentence.first && this.reader.isCapital(run.first - 1)) return undefined;
    const trimmed = this.withoutSentenceWord(run, sentence);
    if (!trimmed) return undefined;
    const { titles, nameFirst } = this.reader.splitTitles(trimmed);
    if (nameFirst >= trimmed.last) return undefined;
    const first = this.startOfPhrase(trimmed.first, sentence.first);
    const read = this.reader.startingAt(first, trimmed.last);
    if (read?.kind !== 'name') return undefined;
    const around = this.cast.rolesAround(first, trimmed.last);
    const phrase = { ...read, roles: [...read.roles, ...around] };
    if (this.looksLikePerson(phrase, titles, around, sentence)) return phrase;
    if (phrase.name.includes(' ') && !isImpersonal(phrase.name)) this.possible.push(phrase);
    return undefined;
  }

  /** "The airline NordSky", "the ferry company, HarbourLink,": a name that is introduced as a body's. */
  private bodyAt(run: NameRun, sentence: PlainSentence): NounPhrase | undefined {
    const before = run.first - 1;
    const { bodyNouns } = this.lexicon;
    const mayFollowNoun =
      bodyNouns.has(this.reader.lower(run.first)) ||
      bodyNouns.has(this.reader.lower(before)) ||
      run.first === sentence.first ||
      this.reader.text(before) === ',' ||
      BODIES.has(this.reader.lower(before));
    if (!mayFollowNoun) return undefined;
    const trimmed = this.withoutSentenceWord(run, sentence);
    const read = trimmed && this.reader.startingAt(this.startOfPhrase(trimmed.first, sentence.first), trimmed.last);
    return read?.kind === 'name' && this.cast.bodyNounOf(read) ? read : undefined;
  }

  private withoutSentenceWord(run: NameRun, sentence: PlainSentence): NameRun | undefined {
    if (run.first !== sentence.first) return run;
    const word = this.reader.lower(run.first);
    const common =
      this.lexicon.boundaries.has(word) ||
      this.lexicon.openers.has(word) ||
      this.lexicon.determiners.has(word) ||
      this.lexicon.verbs.has(word) ||
      this.lexicon.pronouns.has(word) ||
      this.lexicon.auxiliaries.has(word);
    if (!common) return run;
    return run.last - run.first > 1 ? { first: run.first + 1, last: run.last } : undefined;
  }

  private startOfPhrase(first: number, floor: number): number {
    const phrase = this.reader.endingAt(first, floor);
    const joins =
      phrase && phrase.last === first && phrase.kind === 'description' && this.reader.text(first - 1) !== ',';
    return joins ? phrase.first : first;
  }

  /** "a man named Tarr", "a retired postman called Tarr". */
  private isNamedBehind(at: number): boolean {
    const word = this.reader.lower(at);
    return word === 'named' || (word === 'called' && isRole(this.reader.lower(at - 1)));
  }

  /** "His daughter Bilyana", "their mother, Edwina,": who has one name is introduced by what they are to somebody. */
  private isIntroduced({ first, determiner, roles }: NounPhrase): boolean {
    const isTheirs = this.lexicon.possessives.has(determiner) && roles.some((word) => isRole(word));
    return isTheirs || this.isGivenAsName(first) || this.cast.rolesBefore(first).length > 0;
  }

  /** "who gave her name only as Trudi", "identified himself as Bo". */
  private isGivenAsName(first: number): boolean {
    if (this.reader.lower(first - 1) !== 'as') return false;
    const before = [2, 3, 4].map((back) => this.reader.lower(first - back));
    return before.some((word) => /^(?:name|identified|himself|herself)$/.test(word));
  }

  /** "la nipote Giada": a given name behind what somebody is, in languages that do so with an article. */
  private isKin({ name, determiner, roles }: NounPhrase): boolean {
    const isSaid = determiner !== '' && roles.some((word) => isPersonal(word, this.lexicon));
    return this.lexicon.tellsGender && isSaid && genderOfName(name) !== undefined;
  }

  /** "Jeannine, 72 ans,", "Salome, 41,": a name with an age behind it. */
  private hasAge(last: number): boolean {
    const age = this.reader.text(last) === ',' && /^\d{1,3}$/.test(this.reader.text(last + 1));
    return age && /^(?:,|ans|jahre|år|años|anos|anni|jaar)$/.test(this.reader.lower(last + 2));
  }

  /** A sentence begins at a token, or one adverb before it ("Now"). */
  private opens({ first }: PlainSentence, at: number): boolean {
    return at === first || (at === first + 1 && this.lexicon.auxiliaries.has(this.reader.lower(first)));
  }

  /** "Du côté des riverains, Maud Kerven ne décolère pas": behind the phrase that opens a Romance sentence. */
  private followsOpening({ first }: PlainSentence, at: number): boolean {
    const { tellsGender, prepositions } = this.lexicon;
    if (!tellsGender || this.reader.text(at - 1) !== ',') return false;
    return prepositions.has(this.reader.lower(first)) || this.isDescribedUpTo(at - 1, first);
  }

  /** "Poeta e marceneiro, Jurandir Falcão lança": a sentence that opens with words without an article, up to its first comma. */
  private isDescribedUpTo(comma: number, first: number): boolean {
    const words = this.reader.words(first, comma);
    const { determiners, boundaries, adverbs, auxiliaries } = this.lexicon;
    const isOther = [determiners, boundaries, adverbs, auxiliaries].some((list) => list.has(words[0] ?? ''));
    const marks = comma - first - words.length;
    return marks === 0 && words.length <= LONGEST_COMPLEMENT && !isOther && !this.reader.isCapital(first + 1);
  }

  private looksLikePerson(phrase: NounPhrase, titles: string[], around: string[], sentence: PlainSentence): boolean {
    if (isImpersonal(phrase.name)) return false;
    const words = phrase.name.split(' ').length;
    const next = this.reader.lower(phrase.last);
    // "Coastal Lions spinner Imaan Jaffer": whom the name belongs to stands behind the office.
    if (isRole(next) && this.reader.isCapital(phrase.last + 1) && !this.lexicon.isVerbFirst) return false;
    const previous = this.reader.lower(phrase.first - 1);
    const speaks =
      this.reader.isVerb(phrase.last) ||
      (this.reader.isVerb(phrase.first - 1) && (this.lexicon.tellsGender || this.lexicon.direct.has(previous)));
    if (words === 1)
      return titles.length > 0 || this.isIntroduced(phrase) || this.isKin(phrase) || this.hasAge(phrase.last);
    const isWho = next === 'who' || (next === ',' && this.reader.lower(phrase.last + 1) === 'who');
    if (titles.length || around.length || phrase.roles.length || speaks || isWho || previous === 'named') return true;
    if (genderOfName(phrase.name)) return !endsInGround(phrase.name);
    if (next === ',' && /^\d{1,3}$/.test(this.reader.text(phrase.last + 1))) return true;
    return (
      (this.opens(sentence, phrase.first) || this.followsOpening(sentence, phrase.first)) &&
      phrase.determiner === '' &&
      /^\p{Ll}/u.test(this.reader.text(phrase.last))
    );
  }
}

/** "le directeur de l'école": what an office is of makes it somebody else's than the one in mind. */
function isOfSomething({ roles }: { roles: readonly string[] }): boolean {
  return roles.some((word) => OF.test(word));
}

/** "the 19-year-old". */
function isAge({ roles }: NounPhrase): boolean {
  return isAgeNoun(roles.join(' '));
}

/** Whether "he" or "she" may mean somebody, as far as the name tells. */
function mayBe(person: Person, gender: Gender): boolean {
  return (genderOf(person) ?? gender) === gender && !isImpersonal(person.name);
}

function lastWord(name: string): string {
  return name.slice(name.lastIndexOf(' ') + 1);
}

/** Whom a portrait is about: mentioned at least five times, and twice as often as anybody else. */
function heroOf(mentions: readonly Mention[]): Person | undefined {
  const times = new Map<Person, number>();
  for (const { person } of mentions) times.set(person, (times.get(person) ?? 0) + 1);
  const [first, second] = [...times].sort(([, one], [, other]) => other - one);
  return first && first[1] >= 5 && first[1] >= 2 * (second?.[1] ?? 0) ? first[0] : undefined;
}

/** Names asked of again and again within a text. */
const impersonal = new Map<string, boolean>();
const MOST_NAMES = 5000;

/** The name of a place or a body. */
function isImpersonal(name: string): boolean {
  let known = impersonal.get(name);
  if (known === undefined) impersonal.set(name, (known = namesNobody(name)));
  if (impersonal.size > MOST_NAMES) impersonal.clear();
  return known;
}

function namesNobody(name: string): boolean {
  const words = name.toLowerCase().replaceAll('-', ' ').split(' ');
  return (
    (NOT_PERSONAL.has(words[0] ?? '') && words[0] !== 'bill') ||
    (NOT_PERSONAL.has(words.at(-1) ?? '') && !endsInGround(name))
  );
}

/** Words for places that are common surnames. */
const GROUND_SURNAMES = new Set('hill hall west north church lane law castle park bridge house'.split(' '));

/** "Anna Hill", "Albert Hall": somebody, or a place that is called so. */
function endsInGround(name: string): boolean {
  const surname = /[^ -]*$/.exec(name)![0].toLowerCase();
  return name.includes(' ') && GROUND_SURNAMES.has(surname) && genderOfName(name) !== undefined;
}

/** The text with the inside of its quotations blanked out; a final stop, question or exclamation mark stays. */
function blank(body: string, quoted: readonly SpanData[]): string {
  let plain = '';
  let at = 0;
  for (const { start, end } of quoted) {
    const inside = body.slice(start, end);
    const last = /[.!?…。！？]$/.exec(inside)?.[0] ?? '';
    plain += body.slice(at, start) + inside.slice(0, inside.length - last.length).replace(/[^\n]/g, ' ') + last;
    at = end;
  }
  return plain + body.slice(at);
}
