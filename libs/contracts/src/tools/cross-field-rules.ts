import { ContentSubmittedData } from '../events/content-submitted.v1.js';
import type { JsonSchema } from './json-schema.js';

/** Rules of a class that look at more than one field, which its validators hold as functions. */
export const CROSS_FIELD_RULES = new Map<object, JsonSchema>([
  [
    ContentSubmittedData,
    {
      anyOf: [{ required: ['externalId'] }, { required: ['url'] }],
      not: { required: ['body', 'bodyBase64'] },
      if: { properties: { kind: { const: 'retraction' } }, required: ['kind'] },
      else: { required: ['contentType'], anyOf: [{ required: ['body'] }, { required: ['bodyBase64'] }] },
    },
  ],
]);
