import { tokenize, type Token } from '../text/tokens.js';
import { wholeWords } from '../text/word-pattern.js';
import { isRole, type SpeechLexicon } from './lexicon.js';
import type { QuotedSpan } from './quotation-marks.js';

/*
 * Who speaks, said between the marks: « Le pont, a expliqué Odile Marchais, rouvrira. », «El puente —dijo— reabrirá». Romance
 * languages do so as a rule, others where a closing mark is missing. What is said of the speaker is nobody's words, so the
 * quotation is cut there.
 */

interface Incise {
  /** Offsets of the words about the speaker with the marks on either side, in the text. */
  start: number;
  end: number;
}

/** What opens a possible incise: a comma, a dash with a space on one side, a hyphen with one before it. */
const OPENING = /,\s|(?<=[?!…])\s(?=\p{Ll})|\s[—–]\s?|[—–]\s|\s-(?:\s|(?=\p{L}))/gu;
/** What ends one that a dash opened; a hyphen stands apart from what follows. */
const CLOSING = /[—–]|\s-(?=[\s,.;:])|(?<=\p{L})-(?=[\s,.;:])/u;
const LONGEST_OPENING = 80;
/** Letters of an incise between dashes; in a dialogue whole sentences may stand there. */
const LONGEST_INCISE = 120;
/** "Odile Marchais, 62 ans": after a comma, what tells who the speaker is. */
const AGE = /^\s*\d{1,3}\s+(?:ans|años|anni|anos)\b/u;
/** "raconte l'animatrice, Léa Tanguy." */
const NAME = /^\s\p{Lu}[\p{L}'’-]+(?:\s(?:\p{Ll}{1,3}\s)?\p{Lu}[\p{L}'’-]+)+$/u;
/** "raconte Léa, dont la maison borde la route." */
const WHOSE = /^\s(?:dont|cuy[oa]s?|cuj[oa]s?|(?:il|la|i|le) cui)\s/u;
/** "La vita, ricorda, è breve": to whom one speaks. */
const IMPERATIVES = new Set(
  'recuerda cuenta observa pregunta responde repite escribe admite confiesa ricorda osserva racconta rispondi scusa lembra recorda conta observa repara responde repete nota grita urla grida'.split(
    ' ',
  ),
);
/** "dice la mia vicina": who says "mine" is speaking. */
const MINE = new Set('mia mio mie miei nostra nostro minha meu minhas meus nossa nosso'.split(' '));

/** The quotations without what is said in them of who speaks; one that holds such words becomes two or more. */
export function cutIncises(text: string, quoted: readonly QuotedSpan[], lexicon: SpeechLexicon): QuotedSpan[] {
  const cut: QuotedSpan[] = [];
  for (const [index, span] of quoted.entries()) {
    const follows = quoted[index - 1] && endsInside(cut.at(-1), quoted[index - 1]!);
    const own = follows ? { ...span, continued: false } : span;
    if (span.ending !== 'closed') cut.push(upToIncise(text, own, lexicon));
    else cut.push(...aroundIncises(text, own, lexicon));
  }
  return cut;
}

/** Every place of a span where somebody is said to speak. */
export function incisesIn(text: string, span: QuotedSpan, lexicon: SpeechLexicon): Incise[] {
  if (lexicon.insertsInside !== true && !span.isDashed) return [];
  const incises: Incise[] = [];
  for (const match of text.slice(span.start, span.end).matchAll(OPENING)) {
    const start = span.start + match.index;
    if (start < (incises.at(-1)?.end ?? 0)) continue;
    const behind = start + match[0].length;
    const end = /^(?:,|\s$)/.test(match[0])
      ? endBehindComma(text, behind, span, lexicon)
      : endBehindDash(text, behind, span, lexicon);
    if (end !== undefined) incises.push({ start, end });
  }
  return incises;
}

/** Whether the quotation before was cut short, so that nothing of it can run on. */
function endsInside(cut: QuotedSpan | undefined, whole: QuotedSpan): boolean {
  return whole.ending === 'continues' && cut !== undefined && cut.close < whole.close;
}

/** A quotation without its closing mark ends where somebody is said to have spoken it. */
function upToIncise(text: string, span: QuotedSpan, lexicon: SpeechLexicon): QuotedSpan {
  const at = lexicon.insertsInside
    ? incisesIn(text, span, lexicon)[0]?.start
    : span.start + text.slice(span.start, span.end).search(missingPattern(lexicon));
  if (at === undefined || at <= span.start) return span;
  const end = text[at] === ',' ? at + 1 : at;
  return { ...span, end, close: end, ending: 'missing' };
}

function aroundIncises(text: string, span: QuotedSpan, lexicon: SpeechLexicon): QuotedSpan[] {
  if (!span.isDashed && (!lexicon.insertsInside || isAttributedBehind(text, span, lexicon))) return [span];
  const incises = incisesIn(text, span, lexicon);
  if (incises.length === 0) return [span];
  const starts = [span.start, ...incises.map(({ end }) => end)];
  const ends = [...incises.map(({ start }) => start), span.end];
  return starts.flatMap((start, part) => {
    const end = ends[part]!;
    if (!/\p{L}/u.test(text.slice(start, end))) return [];
    const isLast = part === starts.length - 1;
    const open = part === 0 ? span.open : start;
    const close = isLast ? span.close : end;
    return [
      { ...span, ...trimmedSpan(text, start, end), open, close, isCut: true, continued: part > 0 || span.continued },
    ];
  });
}

function endBehindComma(text: string, from: number, span: QuotedSpan, lexicon: SpeechLexicon): number | undefined {
  const opening = openingOf(text, from, span, lexicon);
  if (!opening || (!opening.hasSubject && !isBareIncise(opening, lexicon))) return undefined;
  const mark = text.slice(opening.end, span.end).search(/[,.!?;]/);
  return endOfApposition(text, mark < 0 ? span.end : opening.end + mark, span.end);
}

function endBehindDash(text: string, from: number, span: QuotedSpan, lexicon: SpeechLexicon): number | undefined {
  const opening = openingOf(text, from, span, lexicon);
  const rest = text.slice(from, span.end);
  const isSpoken = opening
    ? opening.hasSubject || lexicon.dropsPronoun
    : isVerbAlone(rest, lexicon) || isPerfectAlone(rest, lexicon);
  if (!isSpoken) return undefined;
  const mark = rest.search(CLOSING);
  const words = mark < 0 ? rest : rest.slice(0, mark);
  if (!span.isDashed && (words.length > LONGEST_INCISE || /[.!?]\s/.test(words))) return undefined;
  const end = mark < 0 ? span.end : from + mark + CLOSING.exec(rest)![0].length;
  // "– sospira –, lo usa": the comma belongs to neither.
  return end + /^\s?[,.;:]?/.exec(text.slice(end, span.end))![0].length;
}

/** «—corrige—»: one word between dashes, in languages that drop the subject. */
function isVerbAlone(rest: string, { dropsPronoun, boundaries, adverbs }: SpeechLexicon): boolean {
  const word = /^(\p{Ll}{4,}[aeouóòíìm])\s?[—–]/u.exec(rest)?.[1];
  return dropsPronoun === true && word !== undefined && !boundaries.has(word) && !adverbs.has(word) && !isRole(word);
}

/** «- ha poi chiosato -»: a perfect between dashes, in the same languages. */
function isPerfectAlone(rest: string, { dropsPronoun, perfect }: SpeechLexicon): boolean {
  const [, auxiliary, participle] = /^(\p{Ll}+)\s(?:\p{Ll}+\s)?(\p{Ll}{4,})\s?[—–-]/u.exec(rest) ?? [];
  return dropsPronoun === true && perfect.has(auxiliary ?? '') && /(?:[tsd]o|[tsd]a)$/.test(participle ?? '');
}

interface Opening {
  verb: string;
  /** Offset after the verb. */
  end: number;
  hasSubject: boolean;
  /** What stands right behind the verb. */
  next: string;
}

/** The verb of speech that words begin with, past what may stand before it: "a-t-il ajouté", "s’est exclamée". */
function openingOf(text: string, from: number, span: QuotedSpan, lexicon: SpeechLexicon): Opening | undefined {
  const tokens = tokenize(text, { start: from, end: Math.min(span.end, from + LONGEST_OPENING) });
  let at = 0;
  let isPerfect = false;
  let hasPronoun = false;
  for (; at < tokens.length; at++) {
    const word = lower(tokens[at]);
    const isVerb = (lexicon.direct.has(word) || !lexicon.dropsPronoun) && lexicon.verbs.has(word);
    if (isVerb && !isVerbToo(tokens, at, lexicon)) break;
    const isInverted = at > 0 && (lexicon.male.has(word) || lexicon.female.has(word));
    if (!isInverted && !lexicon.auxiliaries.has(word) && word !== '-') break;
    isPerfect ||= lexicon.perfect.has(word);
    hasPronoun ||= isInverted;
  }
  const verb = lower(tokens[at]);
  const isDirect = lexicon.direct.has(verb) || (!lexicon.dropsPronoun && lexicon.verbs.has(verb));
  const isKnown = isDirect && (lexicon.verbs.has(verb) || isPerfect);
  const isUnknown = span.isDashed === true && isUnknownVerb(tokens, at, lexicon);
  if (!isKnown && !isUnknown) return undefined;
  const hasSubject = hasPronoun || isUnknown || startsSubject(tokens, at + 1, lexicon);
  return { verb, end: tokens[at]!.end, hasSubject, next: lower(tokens[at + 1]) };
}

/** "a détaillé": an auxiliary may have the form of a verb, and a participle behind it. */
function isVerbToo(tokens: readonly Token[], at: number, { auxiliaries, direct }: SpeechLexicon): boolean {
  return auxiliaries.has(lower(tokens[at])) && direct.has(lower(tokens[at + 1]));
}

/** "ammette,": between commas without a subject, and no imperative ("ricorda,"). */
function isBareIncise({ verb, next }: Opening, lexicon: SpeechLexicon): boolean {
  return lexicon.dropsPronoun === true && next === ',' && !IMPERATIVES.has(verb);
}

/** A pronoun, a name or an office behind the verb, or an adverb before them. */
function startsSubject(tokens: readonly Token[], from: number, lexicon: SpeechLexicon): boolean {
  let at = from;
  while (/^[-t]$/.test(lower(tokens[at])) || lexicon.auxiliaries.has(lower(tokens[at]))) {
    if (lexicon.determiners.has(lower(tokens[at]))) break;
    at++;
  }
  const word = lower(tokens[at]);
  if (lexicon.male.has(word) || lexicon.female.has(word) || isCapital(tokens[at])) return true;
  if (!lexicon.determiners.has(word) || MINE.has(lower(tokens[at + 1]))) return isRole(word);
  // A feminine participle is all that tells "la sindaca" from "la situazione" in languages that drop the subject.
  return (
    !lexicon.dropsPronoun || tokens.slice(at + 1, at + 4).some((token) => isRole(lower(token)) || isCapital(token))
  );
}

/** «—Llueve —tartamudeó el alcalde»: in a dialogue, any word behind a dash that somebody follows. */
function isUnknownVerb(tokens: readonly Token[], at: number, lexicon: SpeechLexicon): boolean {
  const word = lower(tokens[at]);
  const { boundaries, determiners, pronouns, copulas } = lexicon;
  if (!/^\p{Ll}{4,}$/u.test(tokens[at]?.text ?? '') || isRole(word)) return false;
  if ([boundaries, determiners, pronouns, copulas].some((words) => words.has(word))) return false;
  const next = tokens[at + 1];
  const isOffice = lexicon.determiners.has(lower(next)) && isRole(lower(tokens[at + 2]));
  return isOffice || (isCapital(next) && isCapital(tokens[at + 2]));
}

function lower(token: Token | undefined): string {
  return token?.text.toLowerCase() ?? '';
}

function isCapital(token: Token | undefined): boolean {
  return token !== undefined && /^\p{Lu}/u.test(token.text);
}

/** Offset after the mark that ends an incise, past who the speaker is said to be. */
function endOfApposition(text: string, mark: number, limit: number): number {
  if (text[mark] !== ',') return Math.min(limit, mark + 1);
  const rest = text.slice(mark + 1, limit);
  const end = rest.search(/[,.!?;]/);
  const words = (rest.slice(0, Math.max(0, end)).match(/[\p{L}-]+/gu) ?? []).slice(0, 2);
  const isAbout =
    AGE.test(rest) ||
    WHOSE.test(rest) ||
    NAME.test(rest.slice(0, Math.max(0, end))) ||
    words.some((word) => isRole(word.toLowerCase()));
  return isAbout && end >= 0 ? mark + 1 + end + 1 : mark + 1;
}

/** « … », a déclaré X: with a speaker behind the marks, somebody who speaks inside them is quoted by that one. */
function isAttributedBehind(text: string, { close }: QuotedSpan, lexicon: SpeechLexicon): boolean {
  const words = /^\s?[,-]?\s?((?:[\p{L}'’-]+\s?){1,3})/u.exec(text.slice(close, close + 60))?.[1] ?? '';
  return words
    .toLowerCase()
    .split(/[\s'’-]+/)
    .some((word) => lexicon.verbs.has(word) || lexicon.participles.has(word));
}

const missing = new WeakMap<SpeechLexicon, RegExp>();

/** What ends a quotation without its closing mark, which takes long to write and stays the same. */
function missingPattern(lexicon: SpeechLexicon): RegExp {
  let pattern = missing.get(lexicon);
  if (!pattern) {
    const verb = oneOf(lexicon.verbs);
    const pronoun = oneOf(new Set([...lexicon.male, ...lexicon.female]));
    const plain = `${pronoun}\\s${verb}|${verb}\\s${pronoun}|${verb}\\s(?:\\p{Ll}+\\s)?\\p{Lu}|(?:\\p{Lu}[\\p{L}-]+\\s){1,3}${verb}`;
    missing.set(lexicon, (pattern = new RegExp(`,\\s(?:${plain})`, 'u')));
  }
  return pattern;
}

function oneOf(words: ReadonlySet<string>): string {
  return wholeWords([...words].sort((a, b) => b.length - a.length).join('|'));
}

function trimmedSpan(text: string, start: number, end: number): { start: number; end: number } {
  const inside = text.slice(start, end);
  const from = start + inside.length - inside.trimStart().length;
  return { start: from, end: from + inside.trim().length };
}
