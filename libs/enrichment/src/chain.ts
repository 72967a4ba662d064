import type { EnrichmentStep } from './step.js';
import { resolveDates } from './steps/dates.js';
import { detectLanguage } from './steps/language.js';
import { findQuotes } from './steps/quotes.js';
import { countText } from './steps/statistics.js';

/** The chain in the order it runs; a step may use what those above it found. */
export const STEPS: readonly EnrichmentStep[] = [detectLanguage, countText, findQuotes, resolveDates];
