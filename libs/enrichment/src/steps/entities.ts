import type { EntityData } from '@wireroom/contracts';
import { groupMentions } from '../entities/group.js';
import { recognizeNames } from '../entities/recognize.js';
import { findPlaceNames } from '../places/find-place-names.js';
import { workingLanguage, type EnrichmentStep, type StepContext, type StepResult } from '../step.js';

/**
 * People, organisations and places with canonical name and salience. The sequence model reads
 * English; in other languages only names of countries and large cities are found.
 */
export const recognizeEntities: EnrichmentStep = {
  name: 'entities',
  version: '1.0.0',
  run(context: StepContext): StepResult {
    const { text, input } = context;
    const language = workingLanguage(context);
    const mentions = language === 'en' ? modelMentions(context) : findPlaceNames(text, language);
    const entities = groupMentions(mentions, input.body.length);
    const evidence = entities.length
      ? [
          {
            field: '/enrichment/entities',
            rule: language === 'en' ? 'sequence-model' : 'gazetteer',
            spans: entities.map(({ start, end }) => ({ start, end })),
          },
        ]
      : [];
    return { fields: { entities }, evidence };
  },
};

function modelMentions({ text }: StepContext): Pick<EntityData, 'type' | 'text' | 'start' | 'end'>[] {
  return recognizeNames(text).map(({ type, first, last }) => {
    const start = text.tokens[first]!.start;
    const end = text.tokens[last - 1]!.end;
    return { type, start, end, text: text.body.slice(start, end) };
  });
}
