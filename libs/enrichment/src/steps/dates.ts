import { dayOf } from '../dates/days.js';
import { findDates } from '../dates/find-dates.js';
import { workingLanguage, type EnrichmentStep, type StepContext, type StepResult } from '../step.js';

/** Dates that the text names, as precise as it names them, resolved against the publication day. */
export const resolveDates: EnrichmentStep = {
  name: 'dates',
  version: '1.7.0',
  run(context: StepContext): StepResult {
    const published = dayOf(context.input.publishedAt);
    const dates = findDates(context.input.body, context.text.sentences, workingLanguage(context), published);
    const evidence = dates.length
      ? [
          {
            field: '/enrichment/dates',
            rule: published ? 'resolved-against-publication' : 'no-publication-day',
            spans: dates.map(({ start, end }) => ({ start, end })),
          },
        ]
      : [];
    return { fields: { dates }, evidence };
  },
};
