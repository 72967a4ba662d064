import { isCountry, resolvePlaces } from '../places/resolve.js';
import { workingLanguage, type EnrichmentStep, type StepContext, type StepResult } from '../step.js';

/** Place mentions with coordinates, country and, where the gazetteer has one, GeoNames id. Needs the entity step before it. */
export const locatePlaces: EnrichmentStep = {
  name: 'places',
  version: '1.3.0',
  run(context: StepContext): StepResult {
    const { input, found } = context;
    const language = workingLanguage(context);
    const mentions = (found.entities ?? []).filter(
      ({ type, text }) => type === 'place' || (type === 'organisation' && isCountry(text, language)),
    );
    const places = resolvePlaces(input.body, mentions, language, input.dateline);
    const evidence = places.length
      ? [{ field: '/enrichment/places', rule: 'gazetteer', spans: places.map(({ start, end }) => ({ start, end })) }]
      : [];
    return { fields: { places }, evidence };
  },
};
