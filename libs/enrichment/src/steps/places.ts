import { resolvePlaces } from '../places/resolve.js';
import { workingLanguage, type EnrichmentStep, type StepContext, type StepResult } from '../step.js';

/** Place mentions with coordinates, country and, where the gazetteer has one, GeoNames id. Needs the entity step before it. */
export const locatePlaces: EnrichmentStep = {
  name: 'places',
  version: '1.2.0',
  run(context: StepContext): StepResult {
    const { input, found } = context;
    const mentions = (found.entities ?? []).filter(({ type }) => type === 'place');
    const places = resolvePlaces(input.body, mentions, workingLanguage(context), input.dateline);
    const evidence = places.length
      ? [{ field: '/enrichment/places', rule: 'gazetteer', spans: places.map(({ start, end }) => ({ start, end })) }]
      : [];
    return { fields: { places }, evidence };
  },
};
