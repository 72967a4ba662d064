import type { EnrichmentStep } from './step.js';
import { resolveDates } from './steps/dates.js';
import { recognizeEntities, recognizeEntitiesAccurately } from './steps/entities.js';
import { extractKeyphrases } from './steps/keyphrases.js';
import { detectLanguage } from './steps/language.js';
import { locatePlaces } from './steps/places.js';
import { findQuotes } from './steps/quotes.js';
import { countText } from './steps/statistics.js';
import { summarize } from './steps/summary.js';
import { classifyTopics } from './steps/topics.js';
import { markTrust } from './steps/trust.js';

/** The chain in the order it runs; a step may use what those above it found. */
export const STEPS: readonly EnrichmentStep[] = [
  detectLanguage,
  countText,
  recognizeEntities,
  findQuotes,
  locatePlaces,
  resolveDates,
  classifyTopics,
  extractKeyphrases,
  markTrust,
  summarize,
];

/** The chain with the accurate entities in the place of the default ones. @throws EncoderMissingError */
export function withAccurateEntities(chain: readonly EnrichmentStep[]): EnrichmentStep[] {
  return chain.map((step) => (step === recognizeEntities ? recognizeEntitiesAccurately() : step));
}
