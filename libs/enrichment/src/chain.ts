import type { EnrichmentStep } from './step.js';
import { resolveDates } from './steps/dates.js';
import { extractKeyphrases } from './steps/keyphrases.js';
import { detectLanguage } from './steps/language.js';
import { findQuotes } from './steps/quotes.js';
import { countText } from './steps/statistics.js';
import { summarize } from './steps/summary.js';
import { classifyTopics } from './steps/topics.js';

/** The chain in the order it runs; a step may use what those above it found. */
export const STEPS: readonly EnrichmentStep[] = [
  detectLanguage,
  countText,
  findQuotes,
  resolveDates,
  classifyTopics,
  extractKeyphrases,
  summarize,
];
