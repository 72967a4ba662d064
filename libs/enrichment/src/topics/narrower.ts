import type { SpanData } from '@wireroom/contracts';
import { readData } from '../data.js';
import { stopwords } from '../text/stopwords.js';
import { placed, type Token, wordsOf } from '../text/tokens.js';
import { wordRank } from '../words/word-vectors.js';
import { baseForm, writesNounsWithCapital } from './inflection.js';

interface MediaTopicsFile {
  concepts: {
    code: string;
    parent: string;
    label: string;
    /** What it is called, by language. */
    labels: Record<string, string[]>;
    /** Base forms of the words that define it, by language, parted by spaces. */
    words: Record<string, string>;
  }[];
}

type Concept = MediaTopicsFile['concepts'][number];

/** A name of a concept, cut into base forms. */
interface Name {
  concept: Concept;
  words: string[];
  /** How rare its rarest word is, 0 to 1. */
  rarity: number;
  /** Words of a qualifier such as "(court)": without one of them in the text the name means something else. */
  qualifiers: string[];
  capital: boolean;
}

interface Lexicon {
  /** By the first word of the name. */
  names: Map<string, Name[]>;
  /** Rarity of every word that names or defines a concept, 0 to 1. */
  rarity: Map<string, number>;
}

interface Word extends SpanData {
  text: string;
  base: string;
  /** Words of title and lead count double. */
  weight: number;
}

/** A topic below a top term which the text names. */
export interface NarrowerTopic {
  code: string;
  label: string;
  /** Codes of the terms above it, the top term first. */
  broader: string[];
  /** How clearly the text is about it, 0 to 1. */
  strength: number;
  /** The words that named and supported it. */
  words: string[];
  /** Where it is named; offsets in the text given. */
  spans: SpanData[];
}

const MOST = 3;
const LEAD_WORDS = 60;
const LEAD_WEIGHT = 2;
// Words of higher rank in English tell less, the commonest next to nothing.
const COMMON_RANK = 4000;
// What is named once only, further on, and by nothing else spoken for, is an aside.
const WORDS_OF_AN_OPENING = 25;
const MOST_OF_ONE_NAME = 6;
const SUPPORT_WEIGHT = 0.5;
const MOST_SUPPORT = 1.5;
const LEAST_POINTS = 1.8;
// Points at which a topic is half as certain as the top term above it.
const HALF_POINTS = 2;
// What is mentioned once in this many words is not what a text is about.
const WORDS_A_MENTION = 150;
const MOST_SPANS = 5;
const MOST_WORDS = 5;

const { concepts } = readData<MediaTopicsFile>('data/media-topics.json');
const byCode = new Map(concepts.map((concept) => [concept.code, concept]));
const lexicons = new Map<string, Lexicon>();

/** Codes of the top terms. */
export const TOP_CODES: ReadonlySet<string> = new Set(
  concepts.map(({ parent }) => parent).filter((parent) => !byCode.has(parent)),
);

/**
 * The topics below the given top terms which a text names by their labels, inflected or not, clearest first, at
 * most three and none that stands above another: a name counts by its rarity and by where and how often it stands,
 * and words of the topic's definition support it. A topic that no name speaks for is never given.
 */
export function narrowerTopics(
  text: string,
  titleLength: number,
  language: string,
  tops: ReadonlySet<string>,
): NarrowerTopic[] {
  const lexicon = lexiconOf(language);
  if (lexicon.names.size === 0) return [];
  const words = wordsIn(text, titleLength, language);
  const present = new Map(words.map(({ base, text: written }) => [base, written]));
  const mentions = mentionsIn(words, present, lexicon, tops);
  const told = [...mentions]
    .map(([concept, found]) => topicOf(concept, found, words, present, lexicon, language))
    .filter((topic) => topic !== undefined)
    .sort((a, b) => b.strength - a.strength || a.code.localeCompare(b.code));
  return told.filter(({ code }) => !told.some(({ broader }) => broader.includes(code))).slice(0, MOST);
}

interface Mention {
  name: Name;
  at: number;
}

function mentionsIn(
  words: readonly Word[],
  present: ReadonlyMap<string, string>,
  { names }: Lexicon,
  tops: ReadonlySet<string>,
): Map<Concept, Mention[]> {
  const mentions = new Map<Concept, Mention[]>();
  for (let at = 0; at < words.length; at++) {
    const named = names.get(words[at]!.base);
    if (!named) continue;
    for (const name of longestAt(named, words, at)) {
      if (!tops.has(broaderOf(name.concept)[0]!)) continue;
      if (name.qualifiers.length > 0 && !name.qualifiers.some((word) => present.has(word))) continue;
      mentions.set(name.concept, [...(mentions.get(name.concept) ?? []), { name, at }]);
    }
  }
  return mentions;
}

/** The names that stand at a word, without those that a longer one contains: "ice hockey" is no "ice". */
function longestAt(names: readonly Name[], words: readonly Word[], at: number): Name[] {
  const here = names.filter((name) => standsAt(name, words, at));
  const longest = Math.max(...here.map(({ words: parts }) => parts.length));
  return here.filter(({ words: parts }) => parts.length === longest);
}

function standsAt({ words: parts, capital }: Name, words: readonly Word[], at: number): boolean {
  if (capital && !/^\p{Lu}/u.test(words[at]!.text)) return false;
  return parts.every((part, offset) => words[at + offset]?.base === part);
}

function topicOf(
  concept: Concept,
  mentions: readonly Mention[],
  words: readonly Word[],
  present: ReadonlyMap<string, string>,
  { rarity }: Lexicon,
  language: string,
): NarrowerTopic | undefined {
  const weightOf = ({ at }: Mention) => words[at]!.weight;
  const weight = mentions.reduce((sum, mention) => sum + weightOf(mention), 0);
  if (weight < LEAD_WEIGHT || mentions.length + weight < (2 * words.length) / WORDS_A_MENTION) return undefined;

  const named = new Set(mentions.flatMap(({ name }) => name.words));
  const support = (concept.words[language] ?? '').split(' ').filter((word) => present.has(word) && !named.has(word));
  if (mentions.length === 1 && mentions[0]!.at >= WORDS_OF_AN_OPENING && support.length === 0) return undefined;
  const naming = mentions
    .slice(0, MOST_OF_ONE_NAME)
    .reduce((sum, mention) => sum + weightOf(mention) * mention.name.rarity, 0);
  const supporting = support.reduce((sum, word) => sum + SUPPORT_WEIGHT * (rarity.get(word) ?? 0), 0);
  const points = naming + Math.min(MOST_SUPPORT, supporting);
  if (points < LEAST_POINTS) return undefined;

  const namedBy = mentions.map(({ name, at }) => writtenAt(words, name, at));
  const spans = mentions.map(({ name, at }) => ({
    start: words[at]!.start,
    end: words[at + name.words.length - 1]!.end,
  }));
  return {
    code: concept.code,
    label: concept.label,
    broader: broaderOf(concept),
    strength: points / (points + HALF_POINTS),
    words: [...new Set([...namedBy, ...support.map((word) => present.get(word)!.toLowerCase())])].slice(0, MOST_WORDS),
    spans: spans.slice(0, MOST_SPANS),
  };
}

function writtenAt(words: readonly Word[], name: Name, at: number): string {
  const written = words.slice(at, at + name.words.length).map(({ text }) => text.toLowerCase());
  return written.join(' ');
}

function broaderOf(concept: Concept): string[] {
  const parent = byCode.get(concept.parent);
  return parent ? [...broaderOf(parent), concept.parent] : [concept.parent];
}

function wordsIn(text: string, titleLength: number, language: string): Word[] {
  const bases = new Map<string, string>();
  return cut(text, language).map(({ text: word, start, end }, at) => {
    let base = bases.get(word);
    if (base === undefined) bases.set(word, (base = baseForm(word, language)));
    return { text: word, base, start, end, weight: start < titleLength || at < LEAD_WORDS ? LEAD_WEIGHT : 1 };
  });
}

/** Hyphened and elided words come apart, so that names are found in them. */
function cut(text: string, language: string): Token[] {
  if (language === 'zh') return wordsOf(text);
  return placed(text, text.match(/\p{L}[\p{L}\p{M}\p{N}]*/gu) ?? []);
}

function lexiconOf(language: string): Lexicon {
  let lexicon = lexicons.get(language);
  if (!lexicon) lexicons.set(language, (lexicon = buildLexicon(language)));
  return lexicon;
}

function buildLexicon(language: string): Lexicon {
  const rarity = rarityOfWords(language);
  const names = new Map<string, Name[]>();
  for (const concept of concepts) {
    for (const label of concept.labels[language] ?? []) {
      const name = nameOf(concept, label, language, rarity);
      const first = name.words[0];
      if (first !== undefined) names.set(first, [...(names.get(first) ?? []), name]);
    }
  }
  return { names, rarity };
}

function nameOf(concept: Concept, label: string, language: string, rarity: Map<string, number>): Name {
  const qualifier = /\(([^)]*)\)/u.exec(label)?.[1] ?? '';
  const words = partsOf(label.replace(/\(.*\)/u, ''), language);
  return {
    concept,
    words,
    rarity: Math.max(0, ...words.map((word) => rarity.get(word) ?? 0)) * (words.length > 1 ? 1.2 : 1),
    qualifiers: partsOf(qualifier, language),
    capital: writesNounsWithCapital(language) && /^\p{Lu}/u.test(label),
  };
}

function partsOf(text: string, language: string): string[] {
  return cut(text, language).map(({ text: word }) => baseForm(word, language));
}

/** Inverse frequency of each word over the concepts of a language; for English also by its rank among all words. */
function rarityOfWords(language: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { labels, words } of concepts) {
    const own = new Set([
      ...(labels[language] ?? []).flatMap((label) => partsOf(label, language)),
      ...(words[language] ?? '').split(' '),
    ]);
    for (const word of own) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const stops = new Set([...stopwords(language)].map((word) => baseForm(word, language)));
  const rarest = Math.log(concepts.length);
  return new Map(
    [...counts].map(([word, count]) => {
      if (stops.has(word)) return [word, 0];
      const known = language === 'en' ? wordRank(word) : undefined;
      const common = known === undefined ? 1 : Math.min(1, Math.log(known + 1) / Math.log(COMMON_RANK));
      return [word, (1 - Math.log(count) / rarest) * common];
    }),
  );
}
