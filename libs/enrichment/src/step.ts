import type { EnrichmentData, SpanData } from '@wireroom/contracts';
import type { TextIndex } from './text/text-index.js';

/** What the chain is told about one article. Offsets in the result count UTF-16 units in `body`. */
export interface EnrichmentInput {
  title?: string;
  body: string;
  /** ISO 8601; relative dates resolve against it and stay open without it. */
  publishedAt?: string;
  /** BCP 47, as the page declares it; a hint that the detector may overrule. */
  declaredLanguage?: string;
  dateline?: string;
  authors?: string[];
  /** Text of the page that its readers don't see; offsets in the decoded original. */
  hidden?: HiddenPassage[];
  /** Where characters that no reader sees were taken out of it; offsets in the decoded original. */
  dropped?: { kind: 'invisible-character' | 'bidi-control'; span: SpanData }[];
}

export interface HiddenPassage {
  text: string;
  span: SpanData;
  /** It stands in the middle of a paragraph of which the rest is seen. */
  isWithin?: boolean;
}

/** Why a value is what it is; the chain adds the step's name and version. */
export interface Evidence {
  /** JSON Pointer below the event's data, such as `/enrichment/quotes/0`. */
  field: string;
  rule: string;
  spans: SpanData[];
  value?: string;
  reason?: string;
}

export interface StepResult {
  fields: Partial<EnrichmentData>;
  evidence: Evidence[];
}

/** What a step may look at: the input, its text already cut up, and what earlier steps found. */
export interface StepContext {
  readonly input: EnrichmentInput;
  readonly text: TextIndex;
  readonly found: Readonly<Partial<EnrichmentData>>;
}

/** One pure step of the chain: the same context always gives the same result. */
export interface EnrichmentStep {
  readonly name: string;
  readonly version: string;
  run(context: StepContext): StepResult;
}

/** The two-letter language the text is treated as: detected, else declared, else English. */
export function workingLanguage({ input, found }: StepContext): string {
  const detected = found.language?.code;
  if (detected && detected !== 'und') return detected;
  return input.declaredLanguage?.slice(0, 2).toLowerCase() || 'en';
}
