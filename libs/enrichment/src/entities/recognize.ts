import type { EntityData } from '@wireroom/contracts';
import { readData } from '../data.js';
import type { TextIndex } from '../text/text-index.js';
import { FEATURES_VERSION, FeatureReader } from './features.js';
import { refine } from './refine.js';
import { SequenceModel, type SequenceWeights } from './sequence-model.js';
import { spansOf } from './tags.js';

export type EntityType = EntityData['type'];

/** One name in the text, as tokens `[first, last)` of the text's index. */
export interface NameSpan {
  type: EntityType;
  first: number;
  last: number;
}

/** Names of people, organisations and places in a text, in order, none overlapping another. */
export function recognizeNames(text: TextIndex, model: SequenceModel = defaultModel()): NameSpan[] {
  const reader = new FeatureReader(text.tokens);
  const names: NameSpan[] = [];
  for (const { first, last } of sentenceTokens(text)) {
    const features = [];
    for (let at = first; at < last; at++) {
      features.push({ names: reader.featuresAt(at, first, last), dense: reader.denseAt(at, first, last) });
    }
    for (const span of spansOf(model.tag(features))) {
      names.push({ type: span.type as EntityType, first: first + span.first, last: first + span.last });
    }
  }
  return refine(text.tokens, names);
}

/** Token ranges of the sentences of a text. */
export function sentenceTokens({ sentences, tokens }: TextIndex): { first: number; last: number }[] {
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
