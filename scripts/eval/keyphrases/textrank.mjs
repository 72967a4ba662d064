import { functionWords, sentencesOf } from './words.mjs';

const DAMPING = 0.85;
const CONVERGED = 1e-4;
const MOST_ROUNDS = 100;
/** Words at most this far apart are neighbours; the paper found the smallest window best. */
const WINDOW = 2;

/**
 * TextRank (Mihalcea and Tarau, "TextRank: Bringing Order into Texts", 2004): PageRank over the graph of words that
 * stand together, the best third of the words joined where they stand side by side. The paper keeps nouns and
 * adjectives by a tagger; here all but function words are kept.
 *
 * @returns {string[]} phrases, best first
 */
export function textRank(text, language) {
  const stops = functionWords(language);
  const sentences = sentencesOf(text).map((words) => words.map((word) => word.toLowerCase()));
  const isKept = (word) => word.length > 1 && !stops.has(word) && !/^\d+$/.test(word);
  const ranks = rank(neighbours(sentences, isKept));
  const third = [...ranks].sort((a, b) => b[1] - a[1]).slice(0, Math.ceil(ranks.size / 3));
  const best = new Map(third);
  const scores = new Map();
  for (const phrase of sentences.flatMap((words) => runsOf(words, best))) {
    const score = phrase.reduce((sum, word) => sum + best.get(word), 0);
    scores.set(phrase.join(' '), score);
  }
  return [...scores].sort((a, b) => b[1] - a[1]).map(([phrase]) => phrase);
}

function neighbours(sentences, isKept) {
  const graph = new Map();
  const join = (one, other) => {
    if (!graph.has(one)) graph.set(one, new Set());
    if (other !== undefined && other !== one) graph.get(one).add(other);
  };
  for (const words of sentences) {
    words.forEach((word, at) => {
      if (!isKept(word)) return;
      join(word);
      for (const next of words.slice(at + 1, at + WINDOW)) {
        if (!isKept(next)) continue;
        join(word, next);
        join(next, word);
      }
    });
  }
  return graph;
}

function rank(graph) {
  let ranks = new Map([...graph.keys()].map((word) => [word, 1]));
  for (let round = 0, change = 1; round < MOST_ROUNDS && change > CONVERGED; round++) {
    const next = new Map();
    change = 0;
    for (const [word, around] of graph) {
      let sum = 0;
      for (const other of around) sum += ranks.get(other) / graph.get(other).size;
      next.set(word, 1 - DAMPING + DAMPING * sum);
      change = Math.max(change, Math.abs(next.get(word) - ranks.get(word)));
    }
    ranks = next;
  }
  return ranks;
}

/** Stretches of words that are all among the best. */
function runsOf(words, best) {
  const runs = [];
  let run = [];
  for (const word of [...words, '']) {
    if (best.has(word)) run.push(word);
    else if (run.length > 0) {
      runs.push(run);
      run = [];
    }
  }
  return runs;
}
