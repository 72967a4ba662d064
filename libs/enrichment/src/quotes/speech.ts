import type { Attribution } from './attribution.js';
import { BODIES, isPersonal, type SpeechLexicon } from './lexicon.js';
import { isSomebody, type PhraseReader } from './noun-phrase.js';
import type { QuotedSpan } from './quotation-marks.js';

const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/u;
/** A negation stands right before its verb, or with one word between. */
const WORDS_OF_NEGATION = 2;
/** Words of a nickname or a slogan behind a colon. */
const LONGEST_NAME = 5;

/** Tokens between "known" and its "as". */
const LONGEST_BETWEEN_NAMED_AS = 4;
/** Words of a name that somebody has for a thing. */
const LONGEST_COINAGE = 2;
const HABITUAL_NAMING = /^(?:calls?|terms?|dubs?)$/;
/** Words of what a noun is said to be of. */
const LONGEST_TERM = 3;
/** "Vidal não desmente: «…»": who does not deny says so. */
const DENIALS = new Set('nega nie nient niega niegan desmente desmiente smentisce dément'.split(' '));
/** "of the". */
const CONTRACTED = /^(?:du|des|del|dell[aeo]|dell['’]|dei|degli|d[oa]s?)$/;

interface Setting {
  body: string;
  span: QuotedSpan;
  attribution: Attribution | undefined;
  /** Tokens between the previous quotation, or the sentence's start, and this one. */
  range: { first: number; last: number };
  reader: PhraseReader;
  lexicon: SpeechLexicon;
  /** Whether other words in marks hold the same. */
  isRepeated: () => boolean;
}

/** Tells speech from names, titles of works, inscriptions and scare quotes, which stand in the same marks. */
export function isSpeech(setting: Setting): boolean {
  const { attribution, span } = setting;
  const text = setting.body.slice(span.start, span.end);
  if (isUnsaid(setting) || isNameFor(setting, text) || isNickname(setting, text) || isNameGiven(setting, text))
    return false;
  if (span.ending !== 'closed' || span.continued || span.isDashed || span.isCut) return true;
  if (isReadThere(setting)) return false;
  if (attribution?.position === 'before' && attribution.verb === '')
    return (
      (!isTitle(text, setting.lexicon) || isWholeSentence(text) || isAnswer(setting, text)) &&
      !(setting.lexicon.tellsGender && isBlocked(setting, text))
    );
  if (attribution?.position === 'subject') return !hasInnerCapital(text);
  if (isBlocked(setting, text)) return false;
  if (isTitle(text, setting.lexicon) && !endsLikeSpeech(text) && !isSaidAtOnce(setting) && !isSpokenOf(setting))
    return false;
  if (!attribution) {
    if (isWrittenSomewhere(setting) || isTitleInAmericanMarks(setting, text)) return false;
    return (
      isWholeSentence(text) ||
      isSentenceAlone(setting, text) ||
      isHeadlineQuote(setting, text) ||
      isReportedThere(setting, text)
    );
  }
  if (attribution.position === 'clause') return isReportedFragment(setting, text);
  return attribution.position !== 'after' || wordCount(text) > 1 || endsLikeSpeech(text) || isSaidAtOnce(setting);
}

/** "never said X", "if she says X": words that nobody has spoken, whatever else stands around them. */
function isUnsaid({ range, reader, lexicon }: Setting): boolean {
  let at = range.last - 1;
  while (at >= range.first && /^[,:(]$/.test(reader.text(at))) at--;
  // German says it after the verb: "sagte nie".
  const isNegatedAfter = lexicon.negations.has(reader.lower(at)) && reader.isVerb(at - 1);
  const verb = isNegatedAfter ? at - 1 : at;
  if (verb < range.first || !reader.isVerb(verb)) return false;
  if (lexicon.tellsGender && DENIALS.has(reader.lower(verb))) return false;
  const clause = clauseBefore(reader, range.first, verb);
  const isNegated = isNegatedAfter || clause.slice(-WORDS_OF_NEGATION).some((word) => lexicon.negations.has(word));
  return isNegated || clause.some((word) => lexicon.conditionals.has(word));
}

/** The tokens from the last comma, or the start, up to a token, in lower case. */
function clauseBefore(reader: PhraseReader, first: number, last: number): string[] {
  const tokens: string[] = [];
  for (let at = last - 1; at >= first && reader.text(at) !== ','; at--) tokens.unshift(reader.lower(at));
  return tokens;
}

/** "nicknamed X", "a film called X", "banners reading X": the words just before say it is a name or an inscription. */
function isBlocked({ range, reader, lexicon, attribution }: Setting, text: string): boolean {
  let at = range.last - 1;
  // "ya tiene apodo: «el Cojo»".
  const isName = lexicon.tellsGender && lexicon.blockers.has(reader.lower(at - 1)) && wordCount(text) <= LONGEST_NAME;
  if (reader.text(at) === ':') return isName && !endsLikeSpeech(text);
  while (at >= range.first && /^[,(]$/.test(reader.text(at))) at--;
  const word = reader.lower(at);
  // "Renzo Fadda, detto «il Professore»"
  if (/^dett[oaie]$/.test(word) && !reader.isBehindPerfect(at)) return true;
  if (isInscribed(reader, lexicon, at, word)) return true;
  if (attribution?.position === 'before' && lexicon.direct.has(word)) return false;
  // "in Holt’s words"
  if (attribution?.position === 'according-to' && attribution.verb === word) return false;
  // "what the authors call X", which is no verb of speech elsewhere.
  if (
    HABITUAL_NAMING.test(word) &&
    isCoinage(text, lexicon, word) &&
    clauseBefore(reader, range.first, at).includes('what')
  )
    return true;
  // "what she called X", "which he described as X": her words after all.
  if (attribution && /^(?:what|which)$/.test(reader.lower(attribution.speaker ? attribution.speaker.first - 1 : -1)))
    return isCoinage(text, lexicon, word);
  return (
    (lexicon.blockers.has(word) && !(lexicon.tellsGender && reader.isBehindPerfect(at))) ||
    (word === lexicon.nameJoint && isNamedAs(reader, lexicon, at, range.first)) ||
    (word === 'as' && reader.lower(at - 1) === 'such' && lexicon.blockers.has(reader.lower(at - 2))) ||
    (lexicon.works.has(word) && /^\P{Ll}/u.test(text)) ||
    (/^an?$/.test(word) && /^declare/.test(reader.lower(at - 1)) && wordCount(text) <= LONGEST_TERM) ||
    (lexicon.determiners.has(word) && /^something called$/.test(`${reader.lower(at - 2)} ${reader.lower(at - 1)}`)) ||
    (reader.lower(at - 1) === 'so' && word === 'called') ||
    (reader.lower(at - 2) === 'so' && word === 'called')
  );
}

/** "a cap that says": what a thing says is written on it. */
function isInscribed(reader: PhraseReader, lexicon: SpeechLexicon, at: number, verb: string): boolean {
  const noun = reader.lower(at - 2);
  const isRelative = /^(?:says|said|reads?)$/.test(verb) && /^(?:that|which)$/.test(reader.lower(at - 1));
  const mayBeThing = /^\p{Ll}{2}/u.test(reader.text(at - 2)) && !isPersonal(noun, lexicon) && !BODIES.has(noun);
  return isRelative && mayBeThing && !lexicon.utterances.has(noun) && !lexicon.verbs.has(noun);
}

/** "known as", "known locally as", "known ever since as". */
function isNamedAs(reader: PhraseReader, lexicon: SpeechLexicon, joint: number, first: number): boolean {
  for (let at = joint - 1; at >= Math.max(first, joint - LONGEST_BETWEEN_NAMED_AS); at--) {
    if (lexicon.namedAs.has(reader.lower(at))) return true;
    if (!/^\p{L}/u.test(reader.text(at)) || reader.isVerb(at)) return false;
  }
  return false;
}

/** "what she calls "hedge food"": a word or two without an article that she always says, so a name of hers. */
function isCoinage(text: string, { determiners }: SpeechLexicon, verb: string): boolean {
  const isHabit = HABITUAL_NAMING.test(verb);
  const opening = text.split(/\s/)[0]!.toLowerCase();
  return isHabit && wordCount(text) <= LONGEST_COINAGE && !determiners.has(opening) && !endsLikeSpeech(text);
}

/** "Na montra, alguém colou um papel: «…»": a colon behind what can be read, and nobody whose words they are. */
function isReadThere({ range, reader, lexicon, attribution }: Setting): boolean {
  const colon = range.last - 1;
  const isSaid = attribution?.speaker !== undefined && isSomebody(attribution.speaker);
  if (reader.text(colon) !== ':' || isSaid || (lexicon.isVerbFirst && !lexicon.tellsGender)) return false;
  return reader.words(range.first, colon).some((word) => lexicon.inanimate.has(word));
}

/** `The girlfriend corrects this: "Triassic."`: a word that ends like a sentence, where somebody leads to it. */
function isAnswer({ attribution }: Setting, text: string): boolean {
  return attribution?.speaker !== undefined && isSomebody(attribution.speaker) && endsLikeSpeech(text);
}

/** "He calls it "the Widow"": an article and words with capitals are a name. */
function isNameGiven({ attribution, lexicon }: Setting, text: string): boolean {
  const isNaming = attribution?.position === 'clause' && lexicon.naming.has(attribution.verb);
  return isNaming && !lexicon.capitalsNouns && /^the(?: \p{Lu}[\p{L}’'-]*){1,3}$/u.test(text);
}

/** "Vic 'The Vet' Sugden": between a given name and a surname. */
function isNickname({ body, span, range, reader }: Setting, text: string): boolean {
  const isInside = reader.isCapital(range.last - 1) && /^ \p{Lu}\p{L}/u.test(body.slice(span.close, span.close + 4));
  return isInside && range.first < range.last && wordCount(text) <= LONGEST_NAME && !endsLikeSpeech(text);
}

/** "Parents have a name for the coaches: X". */
function isNameFor({ range, reader }: Setting, text: string): boolean {
  const colon = range.last - 1;
  if (reader.text(colon) !== ':' || wordCount(text) > LONGEST_NAME || endsLikeSpeech(text)) return false;
  const clause = clauseBefore(reader, range.first, colon);
  return clause.some((word, index) => /^(?:nick)?names?$/.test(word) && clause[index + 1] === 'for');
}

/** »Das Wasser«, sagte X, »steigt«: a sentence opens with it and somebody says it, though its nouns have capitals. */
function isSaidAtOnce({ body, span, range, attribution, lexicon }: Setting): boolean {
  return (
    attribution?.position === 'after' &&
    lexicon.direct.has(attribution.verb) &&
    range.first === range.last &&
    body[span.close] === ','
  );
}

/** »sprach von „Betrug mit Bouquet“«: German writes nouns with capitals, which say nothing of titles there. */
function isSpokenOf({ range, reader, lexicon, attribution }: Setting): boolean {
  if (lexicon.capitalsNouns !== true || attribution?.position !== 'clause') return false;
  const isNamed = lexicon.naming.has(attribution.verb) && reader.lower(range.last - 1) === lexicon.nameJoint;
  return isNamed || isSpokenAbout(reader, lexicon, range.last);
}

/** "sprach von einem „kalten Staatsstreich“", "sprak van een ‘koude staatsgreep’": nothing but a preposition and an article between. */
function isSpokenAbout(reader: PhraseReader, lexicon: SpeechLexicon, last: number): boolean {
  const preposition = lexicon.determiners.has(reader.lower(last - 1)) ? last - 2 : last - 1;
  if (!lexicon.prepositions.has(reader.lower(preposition))) return false;
  return reader.isVerb(preposition - 1) || isBehindTime(reader, lexicon, preposition);
}

/** "sprach [am Morgen] von", "sprak [gisteren] van": a word or two of when or where behind the verb. */
function isBehindTime(reader: PhraseReader, { adverbs, prepositions }: SpeechLexicon, at: number): boolean {
  const isAdverb = adverbs.has(reader.lower(at - 1)) && reader.isVerb(at - 2);
  return isAdverb || (prepositions.has(reader.lower(at - 2)) && reader.isVerb(at - 3));
}

/** Words inside a reported clause ("said it was "a disgrace""): more than a single ironic adjective. */
function isReportedFragment({ range, reader, lexicon, attribution, span, body }: Setting, text: string): boolean {
  if (lexicon.tellsGender && isNameInClause(reader, lexicon, range.last - 1, text)) return false;
  const before = reader.lower(range.last - 1);
  if (wordCount(text) === 1) {
    // "it is "monitoring" prices": one word with its noun behind it is a scare quote.
    const behind = /^ (\p{Ll}+)/u.exec(body.slice(span.close, span.close + 30))?.[1];
    const isAlone = behind === undefined || lexicon.boundaries.has(behind);
    // "would be "paused"": what is planned has its word.
    const speaker = attribution?.speaker;
    const isSomeones = speaker !== undefined && isSomebody(speaker);
    const isJudged = lexicon.copulas.has(before) && before !== 'be' && (before !== lexicon.nameJoint || isSomeones);
    const isSaidToBe = isAlone && isJudged && !isHearsay(attribution, lexicon);
    // "the mayor called it "absurd"", where "drivers call it "the wall"" gives its name.
    return isSaidToBe || (isSomeones && lexicon.naming.has(attribution?.verb ?? ''));
  }
  if (lexicon.tellsGender && isOfANoun(reader, lexicon, range.last) && wordCount(text) <= LONGEST_TERM) return false;
  const isFragment = wordCount(text) > 2 || !lexicon.determiners.has(before);
  return isFragment || lexicon.naming.has(attribution?.verb ?? '') || isSpokenAbout(reader, lexicon, range.last);
}

/** "le jour du « cahier à bêtises »": what a noun is of, behind an article, is a thing by its name. */
function isOfANoun(reader: PhraseReader, { verbs, prepositions, determiners }: SpeechLexicon, last: number): boolean {
  const isContracted = CONTRACTED.test(reader.lower(last - 1));
  const isParted = determiners.has(reader.lower(last - 1)) && /^d[ei]$/.test(reader.lower(last - 2));
  const noun = isContracted ? last - 2 : last - 3;
  const word = reader.lower(noun);
  const isNoun = /^\p{Ll}{3}/u.test(word) && !verbs.has(word) && !prepositions.has(word);
  return (isContracted || isParted) && isNoun;
}

/** "un paquete, «Alba y cava»", "lo cuenta en «Paso a paso»": what is reported in parts begins small in Romance languages. */
function isNameInClause(reader: PhraseReader, lexicon: SpeechLexicon, before: number, text: string): boolean {
  const leads =
    lexicon.copulas.has(reader.lower(before)) ||
    reader.isVerb(before) ||
    /^(?:que|che|qu['’])$/.test(reader.lower(before));
  return !leads && /^\p{Lu}/u.test(text) && !endsLikeSpeech(text) && wordCount(text) <= LONGEST_NAME;
}

/** "rumours that it was "poison"": one word of a rumour is a scare quote. */
function isHearsay(attribution: Attribution | undefined, { hearsay }: SpeechLexicon): boolean {
  return attribution?.speaker?.roles.some((word) => hearsay.has(word)) === true;
}

/** „Kein Abriss!“ steht darauf: no comma, and a verb for what can be read. */
function isWrittenSomewhere({ body, span, lexicon }: Setting): boolean {
  const behind = /^ (\p{Ll}+)/u.exec(body.slice(span.close, span.close + 30))?.[1];
  return behind !== undefined && lexicon.written.has(behind) && !/,$/.test(body.slice(span.start, span.end));
}

/** `"The Glass Harbor," Mira Holt's film about …`: American papers put the comma or stop of the sentence within the marks. */
function isTitleInAmericanMarks({ range, reader, lexicon }: Setting, text: string): boolean {
  const endsSentence = text.endsWith('.') && /^\p{Ll}/u.test(reader.text(range.last - 1));
  const isInside = text.endsWith(',') || endsSentence;
  return lexicon.capitalsNouns !== true && isInside && /\s/.test(text) && isTitle(text, lexicon);
}

/** A headline of the form "'Words': what happened", or one that gives words which the text quotes further down. */
function isHeadlineQuote({ span, body, isRepeated }: Setting, text: string): boolean {
  if (span.paragraph !== 0) return false;
  const isFollowed = /^\s*[:–—]/.test(body.slice(span.close));
  const isAlone = span.open === 0 && /^\s*(?:\n|$)/.test(body.slice(span.close, span.close + 4));
  return (wordCount(text) >= 3 && isFollowed) || ((isFollowed || isAlone) && wordCount(text) > 1 && isRepeated());
}

/** «…», — сказал X: in a language without verbs that we know, words that open a sentence and a comma or dash follows. */
function isReportedThere({ span, body, range, lexicon }: Setting, text: string): boolean {
  return (
    lexicon.isBorrowed === true &&
    range.first === range.last &&
    wordCount(text) >= 3 &&
    /^\s?[,،–—-]/.test(body.slice(span.close))
  );
}

function isWholeSentence(text: string): boolean {
  return (
    /^[\p{Lu}\p{N}¿¡"'‘“…(\p{Lo}]/u.test(text) &&
    endsLikeSpeech(text) &&
    (wordCount(text) >= 2 || /\p{Lo}{3}/u.test(text))
  );
}

/** «Se puso blanco como la harina».: a sentence of its own whose stop stands behind the mark. */
function isSentenceAlone({ body, span, range, lexicon }: Setting, text: string): boolean {
  const isWhole = range.first === range.last && /^[.!?…]/.test(body.slice(span.close));
  return lexicon.tellsGender && isWhole && /^[\p{Lu}¿¡]/u.test(text) && wordCount(text) > 2;
}

function hasInnerCapital(text: string): boolean {
  return /\s\p{Lu}/u.test(text);
}

function endsLikeSpeech(text: string): boolean {
  return /[.!?…,。！？，;—–-]["'‘’“”»›]?\s*$/u.test(text);
}

/** Every longer word has a capital and no verb joins them: the name of a work or a thing. */
function isTitle(text: string, { copulas }: SpeechLexicon): boolean {
  const words = text.match(/[\p{L}\p{M}'’]+/gu) ?? [];
  const long = words.filter((word) => word.length > 3);
  return (
    words.length <= 10 &&
    !words.some((word) => copulas.has(word)) &&
    /^\p{Lu}/u.test(text) &&
    long.length > 0 &&
    long.every((word) => /^\p{Lu}/u.test(word)) &&
    words.length > 0
  );
}

function wordCount(text: string): number {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]*/gu) ?? [];
  // Scripts without spaces: two characters make a word, near enough.
  return words.reduce((sum, word) => sum + (UNSPACED.test(word) ? Math.ceil(word.length / 2) : 1), 0);
}
