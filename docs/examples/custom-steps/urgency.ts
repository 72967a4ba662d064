import type { EnrichmentStep } from '@wireroom/enrichment';

const URGENT = /\b(?:breaking|flash|urgent)\b/i;

/** Tells a desk which stories say of themselves that they are urgent. */
const urgency: EnrichmentStep = {
  name: 'urgency',
  version: '1.0.0',
  run({ input: { title = '' } }) {
    const word = URGENT.exec(title)?.[0];
    return {
      fields: { custom: { urgency: { urgent: word !== undefined } } },
      evidence:
        word === undefined
          ? []
          : [{ field: '/enrichment/custom/urgency', rule: 'word-in-headline', spans: [], value: word }],
    };
  },
};

export default urgency;
