import type { SpanData } from '@wireroom/contracts';
import { stopwords } from '../text/stopwords.js';
import type { TextIndex } from '../text/text-index.js';
import type { Token } from '../text/tokens.js';
import { wordRank } from '../words/word-vectors.js';
import { stem } from './stem.js';

/** A phrase of the text with what speaks for it; all forms that share a stem are one candidate. */
export interface Candidate {
  /** Stemmed words, parted by spaces. */
  key: string;
  /** The commonest form as written. */
  text: string;
  spans: SpanData[];
  features: number[];
}

/** What the features are, in order; the model holds a weight for each. */
export const FEATURES = [
  'count',
  'early',
  'inFirstLine',
  'words2',
  'words3',
  'words4',
  'capital',
  'allCapitals',
  'spread',
  'longWords',
  'rareWords',
  'standsAlone',
  'number',
  'innerStopword',
  'headCount',
  'verbEnd',
] as const;

const LONGEST = 5;
// A hyphen joins within a word; between blanks it is a dash ("LYON - The doctors").
const BREAK = /[^\p{L}\p{M}\p{N}\s'’.-]|\s-\s/u;
// stopwords-iso counts these among English function words, though they carry news.
const CARRYING = new Set(
  (
    'state states member group system case cases work home world open page bill fire million back parole ouvert ' +
    'important general show shows room rooms area areas order turn point points problem problems number section'
  ).split(' '),
);

// Verbs and pronouns: what holds one is a clause ("Germany said it would send"), no phrase.
const CLAUSE_WORDS = new Set(
  (
    'is are was were be been being am has have had having do does did will would can could may might must shall should ' +
    'said says say told it he she they we i you who whom which that this these those not ' +
    'est sont était étaient été être a ont avait avaient avoir sera seront serait peut peuvent il elle ils elles je nous ' +
    'vous on qui que dont où ne pas se'
  ).split(' '),
);

interface Word extends Token {
  lower: string;
  stem: string;
  isStop: boolean;
  isClause: boolean;
  isCapital: boolean;
  /** Something parts it from the word before it. */
  afterBreak: boolean;
  /** The rarer a word is, the more it tells. */
  rarity: number;
  /** The name that the word is part of. */
  name?: SpanData;
}

/**
 * Every phrase of up to five words that does not start or end with a function word, within sentences.
 *
 * @param names in order; none of them is cut in two with words beside it in the phrase ("Janeiro Mayor")
 */
export function candidatesIn(
  text: TextIndex,
  sentences: readonly SpanData[],
  language: string,
  names: readonly SpanData[] = [],
): Candidate[] {
  const { body } = text;
  const reader = new WordReader(body, language);
  const found = new Map<string, Found>();
  const stemCounts = new Map<string, number>();
  sentences.forEach((sentence, index) => {
    const words = reader.read(text.wordsIn(sentence));
    markNames(words, names);
    for (const word of words) if (!word.isStop) stemCounts.set(word.stem, (stemCounts.get(word.stem) ?? 0) + 1);
    collect(body, words, index, found);
  });
  const firstLine = body.search(/\n/) < 0 ? body.length : body.search(/\n/);
  return [...found.values()].map((one) => toCandidate(one, body.length, firstLine, stemCounts));
}

interface Found {
  key: string;
  forms: Map<string, number>;
  spans: SpanData[];
  words: Word[];
  capitals: number;
  inner: boolean;
  alone: number;
  midSentence: number;
}

/** An article or preposition that French and its kin glue to the next word. */
const ELIDED = /^(?:l|d|qu|s|n|j|m|c|t)['’](?=\p{L}{2})/iu;

/** Reads the words of one text; what is known of a form is looked up once. */
class WordReader {
  private readonly stops: ReadonlySet<string>;
  private readonly forms = new Map<string, Pick<Word, 'lower' | 'stem' | 'isStop' | 'isClause' | 'rarity'>>();

  constructor(
    private readonly body: string,
    private readonly language: string,
  ) {
    this.stops = stopwords(language);
  }

  /** @param tokens those of one sentence. */
  read(tokens: readonly Token[]): Word[] {
    let before: number | undefined;
    return tokens.map((token): Word => {
      const shift = ELIDED.exec(token.text)?.[0].length ?? 0;
      const text = token.text.slice(shift);
      const start = token.start + shift;
      const afterBreak = before !== undefined && BREAK.test(this.body.slice(before, start));
      before = token.end;
      return {
        text,
        start,
        end: token.end,
        afterBreak,
        isCapital: /^\p{Lu}/u.test(text),
        ...this.formOf(text.toLowerCase()),
      };
    });
  }

  private formOf(lower: string): Pick<Word, 'lower' | 'stem' | 'isStop' | 'isClause' | 'rarity'> {
    let form = this.forms.get(lower);
    if (!form) this.forms.set(lower, (form = this.lookUp(lower)));
    return form;
  }

  private lookUp(lower: string): Pick<Word, 'lower' | 'stem' | 'isStop' | 'isClause' | 'rarity'> {
    return {
      lower,
      stem: stem(lower.replace(/['’]s$/, '')),
      isStop: lower.length < 2 || (this.stops.has(lower) && !CARRYING.has(lower)),
      isClause: CLAUSE_WORDS.has(lower),
      rarity: this.language === 'en' ? Math.log10((wordRank(lower) ?? 60_000) + 10) - 1 : lower.length / 3,
    };
  }
}

function markNames(words: readonly Word[], names: readonly SpanData[]): void {
  let at = 0;
  for (const word of words) {
    while (at < names.length && names[at]!.end <= word.start) at++;
    const name = names[at];
    if (name && name.start <= word.start && word.end <= name.end) word.name = name;
  }
}

/** Whether a phrase takes a part of a name together with what is not of it. */
function cutsName(first: Word, last: Word): boolean {
  const leaves = first.name && first.start > first.name.start && last.end > first.name.end;
  const enters = last.name && last.end < last.name.end && first.start < last.name.start;
  return Boolean(leaves || enters);
}

function collect(body: string, words: Word[], sentence: number, found: Map<string, Found>): void {
  for (let first = 0; first < words.length; first++) {
    const opening = words[first]!;
    if (opening.isStop) continue;
    let key = '';
    let inner = false;
    for (let last = first; last < Math.min(words.length, first + LONGEST); last++) {
      const closing = words[last]!;
      if ((last > first && closing.afterBreak) || closing.isClause) break;
      key = last > first ? `${key} ${closing.stem}` : closing.stem;
      inner ||= closing.isStop;
      if (closing.isStop || cutsName(opening, closing)) continue;
      const one = found.get(key) ?? foundAnew(key, words.slice(first, last + 1));
      found.set(key, one);
      const span = { start: opening.start, end: closing.end };
      const text = body.slice(span.start, span.end);
      one.forms.set(text, (one.forms.get(text) ?? 0) + 1);
      one.spans.push(span);
      one.inner ||= inner;
      if (first > 0 || sentence === 0) {
        one.midSentence++;
        if (opening.isCapital) one.capitals++;
      }
      if ((words[first - 1]?.isStop ?? true) && (words[last + 1]?.isStop ?? true)) one.alone++;
    }
  }
}

function foundAnew(key: string, words: Word[]): Found {
  return { key, forms: new Map(), spans: [], words, capitals: 0, inner: false, alone: 0, midSentence: 0 };
}

function toCandidate(
  one: Found,
  length: number,
  firstLine: number,
  stemCounts: ReadonlyMap<string, number>,
): Candidate {
  const { words, spans } = one;
  const count = spans.length;
  const content = words.filter((word) => !word.isStop);
  const first = spans[0]!.start;
  const capital = one.midSentence ? one.capitals / one.midSentence : 0;
  return {
    key: one.key,
    text: commonestOf(one.forms).replace(/['’]s$/, ''),
    spans,
    features: [
      Math.log2(1 + count),
      1 / (1 + first / 250),
      first < firstLine ? 1 : 0,
      words.length === 2 ? 1 : 0,
      words.length === 3 ? 1 : 0,
      words.length > 3 ? 1 : 0,
      capital,
      content.every((word) => word.isCapital) && words.length > 1 ? 1 : 0,
      (spans.at(-1)!.start - first) / Math.max(1, length),
      meanOf(content, (word) => Math.min(12, word.lower.length)) / 6,
      meanOf(content, (word) => word.rarity) / 2,
      one.alone / count,
      /\d/.test(one.key) ? 1 : 0,
      one.inner ? 1 : 0,
      Math.log2(1 + meanOf(content, (word) => stemCounts.get(word.stem) ?? 1)),
      /(?:ed|ing|é|ée|és|ées|er|ent|ait)$/.test(words.at(-1)!.lower) ? 1 : 0,
    ],
  };
}

function meanOf(words: readonly Word[], value: (word: Word) => number): number {
  let sum = 0;
  for (const word of words) sum += value(word);
  return sum / Math.max(1, words.length);
}

/** The first of those that occur most often. */
function commonestOf(forms: ReadonlyMap<string, number>): string {
  let commonest = '';
  let most = 0;
  for (const [form, count] of forms) if (count > most) [commonest, most] = [form, count];
  return commonest;
}
