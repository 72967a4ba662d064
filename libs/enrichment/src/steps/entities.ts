import type { EntityData } from '@wireroom/contracts';
import { installedEncoder, installedRecognizer } from '../encoder/installed-encoder.js';
import { encoderOpinion, trainedHead, type WordReaders } from '../entities/encoder-opinion.js';
import { withinDateline } from '../entities/dateline.js';
import { groupMentions } from '../entities/group.js';
import { type Opinion, recognizeNames } from '../entities/recognize.js';
import { findPlaceNames } from '../places/find-place-names.js';
import { workingLanguage, type EnrichmentStep, type StepContext, type StepResult } from '../step.js';
import { datelineIn } from '../text/dateline.js';

/**
 * People, organisations and places with canonical name and salience. The sequence model reads
 * English; in other languages only names of countries, large cities
 * and the dateline's city are found.
 */
export const recognizeEntities: EnrichmentStep = {
  name: 'entities',
  version: '1.4.0',
  run: (context) => entitiesOf(context, 'sequence-model'),
};

/**
 * The same with a second opinion by an encoder and a recognizer: more accurate, and some hundred milliseconds an
 * article.
 *
 * @throws EncoderMissingError without readers that are handed in or installed (`npm run entities:install`)
 */
export function recognizeEntitiesAccurately(readers: WordReaders = installedReaders()): EnrichmentStep {
  const opinion = encoderOpinion(readers);
  return {
    name: recognizeEntities.name,
    version: `${recognizeEntities.version}+encoder.2`,
    run: (context) => entitiesOf(context, 'sequence-model-and-encoder', opinion),
  };
}

function installedReaders(): WordReaders {
  const [encoded] = trainedHead().dimensions;
  return { encoder: installedEncoder(encoded!), recognizer: installedRecognizer() };
}

function entitiesOf(context: StepContext, modelRule: string, opinion?: Opinion): StepResult {
  const { text, input } = context;
  const language = workingLanguage(context);
  const mentions = language === 'en' ? modelMentions(context, opinion) : findPlaceNames(text, language, input.dateline);
  const entities = groupMentions(mentions, input.body.length);
  const evidence = entities.length
    ? [
        {
          field: '/enrichment/entities',
          rule: language === 'en' ? modelRule : 'gazetteer',
          spans: entities.map(({ start, end }) => ({ start, end })),
        },
      ]
    : [];
  return { fields: { entities }, evidence };
}

function modelMentions(
  { text, input }: StepContext,
  opinion?: Opinion,
): Pick<EntityData, 'type' | 'text' | 'start' | 'end'>[] {
  return withinDateline(text, recognizeNames(text, opinion), datelineIn(input)).map(({ type, first, last }) => {
    const start = text.tokens[first]!.start;
    const end = text.tokens[last - 1]!.end;
    return { type, start, end, text: text.body.slice(start, end) };
  });
}
