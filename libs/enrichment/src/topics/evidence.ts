import { readData } from '../data.js';
import { stopwords } from '../text/stopwords.js';
import { englishWord, hasDictionary } from '../words/english-words.js';
import { DIMENSIONS, wordRank, wordVector } from '../words/word-vectors.js';

interface TopicFile {
  topics: { code: string; label: string; words: Record<string, string> }[];
}

interface TopicModel {
  /** Weight of a topic's own words. */
  own: number;
  bias: number[];
  /** For each part of the mean word vector, a weight for each topic. */
  vectors: number[][];
  /** For `language:word`, pairs of topic and weight. */
  words: Record<string, number[]>;
}

/** What one language says of the topics. */
interface Lexicon {
  /** Topics by a word. */
  words: Map<string, number[]>;
  /** Beginnings of words with the topic of each, by their first letters. */
  beginnings: Map<string, { letters: string; topic: number }[]>;
  /** Pairs of topic and weight by a word. */
  weights: Map<string, number[]>;
}

/** A word of the text and what speaks for topics in it. */
interface KnownWord {
  /** How often it stands there, twice where it stands in the lead. */
  count: number;
  topics: number[];
  weights: number[];
  vector?: Int8Array;
  /** How much the vector says: commoner words say less. */
  share: number;
}

// As in the training script.
const LEAD_WORDS = 60;
const LEAD_WEIGHT = 2;
const MOST_OF_ONE_WORD = 4;
const COMMON_RANK = 2000;
const SHORTEST_BEGINNING = 3;

const { topics } = readData<TopicFile>('data/topic-words.json');
const model = readData<TopicModel>('model/topics.json');
const listed = new Set(topics.flatMap(({ words }) => Object.keys(words)));
const lexicons = new Map<string, Lexicon>();
readTopicWords();
readModelWords();

function readTopicWords(): void {
  topics.forEach(({ words }, topic) => {
    for (const [language, list] of Object.entries(words)) {
      const lexicon = lexiconOf(language);
      for (const word of list.split(' ')) {
        const letters = word.replace('*', '');
        if (letters === word) push(lexicon.words, word, topic);
        else push(lexicon.beginnings, letters.slice(0, SHORTEST_BEGINNING), { letters, topic });
      }
    }
  });
}

function readModelWords(): void {
  for (const [key, pairs] of Object.entries(model.words)) {
    const [language = '', word = ''] = key.split(':');
    lexiconOf(language).weights.set(word, pairs);
  }
}

function lexiconOf(language: string): Lexicon {
  const lexicon = lexicons.get(language) ?? { words: new Map(), beginnings: new Map(), weights: new Map() };
  lexicons.set(language, lexicon);
  return lexicon;
}

function push<T>(table: Map<string, T[]>, key: string, value: T): void {
  const list = table.get(key);
  if (list) list.push(value);
  else table.set(key, [value]);
}

/** The label of a top term. @throws TypeError for another code. */
export function topLabel(code: string): string {
  return topics.find((topic) => topic.code === code)!.label;
}

export interface ScoredTopic {
  code: string;
  label: string;
  /** Share of belief, 0 to 1; all topics together make 1. */
  score: number;
  /** The words that spoke for it most, at most five. */
  words: string[];
}

/** Whether a language's words for the topics are known, by lists or by a dictionary; else scores are little more than a guess. */
export function hasTopicWords(language: string): boolean {
  return listed.has(language) || hasDictionary(language);
}

/** All top topics with their scores, best first. */
export function scoreTopics(text: string, language: string): ScoredTopic[] {
  const words = text.toLowerCase().match(/[\p{L}]{2,}/gu) ?? [];
  if (words.length === 0) return [];
  const weights = words.map((_, at) => (at < LEAD_WORDS ? LEAD_WEIGHT : 1));
  const size = Math.sqrt(
    Math.max(
      1,
      weights.reduce((sum, weight) => sum + weight, 0),
    ),
  );
  const scores = [...model.bias];
  const spoke = topics.map(() => new Map<string, number>());
  const credit = (topic: number, word: string, value: number) => {
    scores[topic]! += value;
    spoke[topic]!.set(word, (spoke[topic]!.get(word) ?? 0) + value);
  };

  const known = new Map<string, KnownWord>();
  const mean = new Float64Array(DIMENSIONS);
  words.forEach((word, at) => {
    const weight = weights[at]!;
    let one = known.get(word);
    if (!one) known.set(word, (one = lookUp(word, language)));
    one.count += weight;
    for (const topic of one.topics) credit(topic, word, (model.own * weight) / one.topics.length / size);
    if (one.vector) add(mean, one.vector, weight * one.share);
  });
  for (const [word, { count, weights: pairs }] of known) {
    for (let at = 0; at < pairs.length; at += 2)
      credit(pairs[at]!, word, (pairs[at + 1]! * Math.min(count, MOST_OF_ONE_WORD)) / size);
  }
  ofUnitLength(mean).forEach((value, dimension) => {
    const weightOf = model.vectors[dimension]!;
    for (let topic = 0; topic < weightOf.length; topic++) scores[topic]! += value * weightOf[topic]!;
  });
  return ranked(scores, spoke, stopwords(language));
}

function ranked(scores: number[], spoke: Map<string, number>[], stops: ReadonlySet<string>): ScoredTopic[] {
  const highest = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - highest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return topics
    .map(({ code, label }, topic) => ({
      code,
      label,
      score: Math.round((shares[topic]! / total) * 1000) / 1000,
      words: [...spoke[topic]!]
        .filter(([word, value]) => value > 0 && !stops.has(word))
        .sort((a, b) => b[1] - a[1])
        .slice(0, 5)
        .map(([word]) => word),
    }))
    .sort((a, b) => b.score - a.score);
}

function lookUp(word: string, language: string): KnownWord {
  const lexicon = lexiconOf(language);
  const english = englishWord(word, language);
  const own = topicsOf(word, lexicon);
  // Where the model has learnt from no texts, the lists are short, and English ones are read through the dictionary.
  const isBorrowed = own.length === 0 && lexicon.weights.size === 0 && english !== undefined;
  return {
    count: 0,
    topics: isBorrowed ? topicsOf(english, lexiconOf('en')) : own,
    weights: lexicon.weights.get(word) ?? [],
    vector: english === undefined ? undefined : wordVector(english),
    share: english === undefined ? 0 : Math.min(1, (wordRank(english) ?? 0) / COMMON_RANK),
  };
}

function topicsOf(word: string, { words, beginnings }: Lexicon): number[] {
  const begun = beginnings.get(word.slice(0, SHORTEST_BEGINNING)) ?? [];
  const fitting = begun.filter(({ letters }) => word.startsWith(letters)).map(({ topic }) => topic);
  return [...new Set([...(words.get(word) ?? []), ...fitting])];
}

function add(sum: Float64Array, vector: Int8Array, share: number): void {
  for (let dimension = 0; dimension < DIMENSIONS; dimension++) sum[dimension]! += share * vector[dimension]!;
}

function ofUnitLength(vector: Float64Array): Float64Array {
  const norm = Math.hypot(...vector);
  return norm ? vector.map((part) => part / norm) : vector;
}
