import { rankPhrases } from '../keyphrases/rank.js';
import { workingLanguage, type EnrichmentStep, type StepContext, type StepResult } from '../step.js';

const MOST = 12;
// Names and topics of a story stand in its first pages; the rest of a book adds time, not phrases.
const READ = 30_000;

/** The phrases that tell what the text is about, best first, as written in it. */
export const extractKeyphrases: EnrichmentStep = {
  name: 'keyphrases',
  version: '1.2.0',
  run(context: StepContext): StepResult {
    const sentences = context.text.sentences.filter((sentence) => sentence.end <= READ);
    const names = context.found.entities ?? [];
    const ranked = rankPhrases(context.text, sentences, workingLanguage(context), MOST, names);
    const evidence = ranked.length
      ? [{ field: '/enrichment/keyphrases', rule: 'ranked-candidates', spans: ranked.map(({ spans }) => spans[0]!) }]
      : [];
    return { fields: { keyphrases: ranked.map(({ text, score }) => ({ text, score })) }, evidence };
  },
};
