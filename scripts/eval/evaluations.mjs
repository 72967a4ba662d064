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
    ...['quotes', 'topics', 'keyphrases', 'dates'].map((name) => nlp(name, 'nlp/score-misc.mjs')),
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
