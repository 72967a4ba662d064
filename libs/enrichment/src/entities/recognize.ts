import { readData } from '../data.js';
import type { TextIndex } from '../text/text-index.js';
import { FEATURES_VERSION, FeatureReader, type Run, type WordForms } from './features.js';
import type { EntityType, NameSpan } from './name-span.js';
import { refine } from './refine.js';
import { SequenceModel, type SequenceWeights } from './sequence-model.js';
import { spansOf } from './tags.js';

/** A second opinion on the tags of some runs: for each, what is added to the score of each tag at each token. */
export type Opinion = (text: TextIndex, runs: readonly Run[]) => Float64Array[];

/** Names of people, organisations and places in a text, in order, none overlapping another. */
export function recognizeNames(text: TextIndex, opinion?: Opinion, model: SequenceModel = defaultModel()): NameSpan[] {
  const read = readRuns(text, model.forms);
  const added = opinion?.(
    text,
    read.map(({ run }) => run),
  );
  const names = read.flatMap(({ run, weights }, at) =>
    spansOf(model.tag(weights, added?.[at])).map(({ type, first, last }) => ({
      type: type as EntityType,
      first: run.first + first,
      last: run.first + last,
    })),
  );
  return refine(text.tokens, names);
}

/** The stretches of a text that may hold names, with what the features of each of their tokens are weighed as. */
export function readRuns<T>(text: TextIndex, forms: WordForms<T>): { run: Run; weights: T[][] }[] {
  const sentences = sentenceTokens(text);
  const reader = new FeatureReader(text.tokens, sentences, forms);
  let sentence = 0;
  return reader.runs.map((run) => {
    while (sentences[sentence]!.last < run.last) sentence++;
    const { first, last } = sentences[sentence]!;
    const weights: T[][] = [];
    for (let at = run.first; at < run.last; at++) weights.push(reader.weightsAt(at, first, last));
    return { run, weights };
  });
}

function sentenceTokens({ sentences, tokens }: TextIndex): Run[] {
  let at = 0;
  return sentences.map(({ end }) => {
    const first = at;
    while (at < tokens.length && tokens[at]!.start < end) at++;
    return { first, last: at };
  });
}

let loaded: SequenceModel | undefined;

function defaultModel(): SequenceModel {
  if (!loaded) {
    const weights = readData<SequenceWeights>('model/entities.json');
    if (weights.featuresVersion !== FEATURES_VERSION) {
      throw new Error(
        `model/entities.json was trained on features ${weights.featuresVersion}, not ${FEATURES_VERSION}`,
      );
    }
    loaded = new SequenceModel(weights);
  }
  return loaded;
}
