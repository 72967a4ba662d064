import { functionWords, sentencesOf } from './words.mjs';

const LONGEST = 3;
/** Two phrases more alike than this are one. */
const ALIKE = 0.9;

/**
 * YAKE (Campos et al., "YAKE! Keyword extraction from single documents using multiple local features", 2020): words
 * scored by case, place, frequency, variety of neighbours and spread, phrases of up to three words by their words.
 *
 * @returns {string[]} phrases, best first
 */
export function yake(text, language) {
  const stops = functionWords(language);
  const sentences = sentencesOf(text);
  const terms = termsOf(sentences, (word) => stops.has(word) || word.length < 3);
  const phrases = [...candidatesOf(sentences, terms)].map(([key, { words, count }]) => ({
    key,
    score: scoreOf(words, count, terms),
  }));
  const taken = [];
  for (const { key } of phrases.sort((a, b) => a.score - b.score))
    if (!taken.some((other) => likeness(key, other) > ALIKE)) taken.push(key);
  return taken;
}

/** Every word with its statistics and its weight; a lower weight is a better word. */
function termsOf(sentences, isFunctionWord) {
  const terms = new Map();
  const termFor = (word) => {
    const key = word.toLowerCase();
    if (!terms.has(key))
      terms.set(key, {
        isStop: isFunctionWord(key),
        count: 0,
        capital: 0,
        acronym: 0,
        at: [],
        left: new Map(),
        right: new Map(),
      });
    return terms.get(key);
  };
  sentences.forEach((words, number) => {
    words.forEach((word, at) => {
      if (word === '') return;
      const term = termFor(word);
      term.count++;
      term.at.push(number);
      if (word.length > 1 && word === word.toUpperCase() && /\p{Lu}/u.test(word)) term.acronym++;
      else if (at > 0 && /^\p{Lu}/u.test(word)) term.capital++;
      const before = words[at - 1];
      if (!before) return;
      add(term.left, before.toLowerCase());
      add(termFor(before).right, word.toLowerCase());
    });
  });
  weigh(terms, sentences.length);
  return terms;
}

function weigh(terms, sentences) {
  const counts = [...terms.values()].filter(({ isStop }) => !isStop).map(({ count }) => count);
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const deviation = Math.sqrt(counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length);
  const most = Math.max(...[...terms.values()].map(({ count }) => count));
  for (const term of terms.values()) {
    const casing = Math.max(term.acronym, term.capital) / (1 + Math.log(term.count));
    const place = Math.log(Math.log(3 + median(term.at)));
    const frequency = term.count / (mean + deviation);
    const relatedness = 1 + (variety(term.left) + variety(term.right)) * (term.count / most);
    const spread = new Set(term.at).size / sentences;
    term.weight = (relatedness * place) / (casing + frequency / relatedness + spread / relatedness);
  }
}

function candidatesOf(sentences, terms) {
  const found = new Map();
  for (const sentence of sentences) {
    const words = sentence.map((word) => word.toLowerCase());
    for (let first = 0; first < words.length; first++) {
      for (let last = first + 1; last <= Math.min(words.length, first + LONGEST) && words[last - 1] !== ''; last++) {
        const phrase = words.slice(first, last);
        const ends = [phrase[0], phrase.at(-1)];
        if (ends.some((word) => terms.get(word).isStop || /^\d+$/.test(word))) continue;
        const key = phrase.join(' ');
        if (!found.has(key)) found.set(key, { words: phrase, count: 0 });
        found.get(key).count++;
      }
    }
  }
  return found;
}

/** A function word inside a phrase counts by how firmly it belongs to the words at its sides. */
function scoreOf(words, count, terms) {
  let product = 1;
  let sum = 0;
  words.forEach((word, at) => {
    const term = terms.get(word);
    if (!term.isStop) {
      product *= term.weight;
      sum += term.weight;
      return;
    }
    const before = terms.get(words[at - 1]);
    const next = words[at + 1];
    const firmness = (before.right.get(word) / before.count) * (term.right.get(next) / term.count);
    product *= 2 - firmness;
    sum -= 1 - firmness;
  });
  return product / (count * (1 + sum));
}

function variety(neighbours) {
  const total = [...neighbours.values()].reduce((sum, count) => sum + count, 0);
  return total === 0 ? 0 : neighbours.size / total;
}

function median(numbers) {
  const middle = (numbers.length - 1) / 2;
  return (numbers[Math.floor(middle)] + numbers[Math.ceil(middle)]) / 2;
}

function add(counts, key) {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** 1 less the edit distance (Levenshtein) over the longer length. */
function likeness(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_value, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)));
    row = next;
  }
  return 1 - row.at(-1) / Math.max(one.length, other.length, 1);
}
