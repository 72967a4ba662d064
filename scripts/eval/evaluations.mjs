import { textRank } from './keyphrases/textrank.mjs';
import { yake } from './keyphrases/yake.mjs';

/**
 * The evaluations: which labelled set is sent through `wireroom preview --ndjson` and which script scores the
 * answers. Paths are below the evaluation folder. `emit` writes the input lines, `score` reads the answers,
 * whose path takes the place of OUT.
 */
export const OUT = Symbol('path of the answers');

/**
 * @typedef {object} Evaluation
 * @property {string} name
 * @property {string[]} emit script and arguments
 * @property {(string | symbol)[]} score script and arguments
 * @property {(string | symbol)[]} [reshape] script that turns the answers into what the scorer reads
 * @property {string} [baselines] figures of other tools, by set and measure
 * @property {Reference[]} [references] other methods that answer the same lines and are scored in the same run
 *
 * @typedef {object} Reference
 * @property {string} name
 * @property {string} gold the labelled lines
 * @property {(line: {text: string, lang: string}) => object} answer what stands under `enrichment` in its answer
 */

const nlp = (name, scorer) => ({
  name,
  emit: ['nlp/emit.mjs', `nlp/${name}.dev.ndjson`],
  score: [scorer, name, `nlp/${name}.dev.ndjson`, OUT],
});

const protocol = (name) => ({
  name,
  emit: ['feeds/score-more.mjs', 'emit', name, 'feeds'],
  score: ['feeds/score-more.mjs', 'score', name, 'feeds', OUT],
});

const documents = (name) => ({
  name,
  emit: ['feeds/score-docs.mjs', 'emit', name, `feeds/${name}`],
  score: ['feeds/score-docs.mjs', 'score', name, `feeds/${name}`, OUT],
});

const keyphrases = (name, find) => ({
  name,
  gold: 'nlp/keyphrases.dev.ndjson',
  answer: ({ text, lang }) => ({
    keyphrases: find(text, lang)
      .slice(0, 10)
      .map((phrase) => ({ text: phrase })),
  }),
});

/** @type {Record<string, Evaluation[]>} */
export const EVALUATIONS = {
  extract: [
    {
      name: 'extract',
      emit: ['extract/score.mjs', 'emit', 'extract'],
      score: ['extract/score.mjs', 'score', 'extract', OUT],
      baselines: 'extract/baselines.json',
    },
  ],
  enrich: [
    ...['ner', 'language'].map((name) => nlp(name, 'nlp/score-ner-language.mjs')),
    ...['quotes', 'topics', 'dates'].map((name) => nlp(name, 'nlp/score-misc.mjs')),
    {
      ...nlp('keyphrases', 'nlp/score-misc.mjs'),
      references: [keyphrases('TextRank', textRank), keyphrases('YAKE', yake)],
    },
    { ...nlp('neardup', 'nlp/score-misc.mjs'), reshape: ['nlp/emit.mjs', 'pairs', OUT] },
  ],
  feeds: [
    {
      name: 'feeds',
      emit: ['feeds/score.mjs', 'emit', 'feeds'],
      score: ['feeds/score.mjs', 'score', 'feeds', OUT],
    },
  ],
  sitemaps: [protocol('sitemaps')],
  warc: [protocol('warc')],
  robots: [protocol('robots')],
  agency: [documents('agency')],
  bugs: [documents('bugs')],
};
