import type { ArticleData, EnrichmentData, OriginalData, ProvenanceData } from '@wireroom/contracts';
import {
  type EnrichmentOptions,
  type TextSignature,
  enrichArticle,
  inputOf,
  reasonsInto,
  signatureOf,
} from '@wireroom/enrichment';
import { ALL_STEPS, type ConfiguredSteps } from '@wireroom/enrichment/custom-steps';
import { type PageKind, type SiteRule, extractArticle, parseSiteRule } from '@wireroom/extraction';

/** What a worker is handed: the original's bytes and what was said about them. */
export interface ReadTask {
  bytes: Uint8Array;
  contentType?: string;
  url?: string;
  publishedAt?: string;
  /** Path of the configuration that says which steps run. */
  config?: string;
  /** Names of steps that are left out. */
  without?: string[];
  /** The rule for the page's site, as it stands in its file. */
  siteRule?: object;
}

/** Everything the stage finds out about a revision. Empty for a retraction. */
export interface ReadContent {
  original?: OriginalData;
  article?: ArticleData;
  enrichment?: EnrichmentData;
  provenance: ProvenanceData[];
  /** What its story cluster is told by; not stored with it. */
  signature?: TextSignature;
}

export type ReadAnswer =
  | {
      kind: 'article';
      charset: string;
      format: OriginalData['format'];
      article: ArticleData;
      enrichment: EnrichmentData;
      provenance: ProvenanceData[];
      signature?: TextSignature;
      /** Milliseconds by step. */
      took?: Record<string, number>;
      /** By step that failed, why, for the log. */
      reasons?: Record<string, string>;
    }
  | { kind: 'not-article'; pageKind: PageKind };

/** From bytes to article to what it says, and how long each step took. Pure but for that. @throws ExtractionError */
export function readContent(task: ReadTask, { chain, clusters }: ConfiguredSteps = ALL_STEPS): ReadAnswer {
  const extraction = extractArticle({ ...task, rules: rulesOf(task) });
  if (extraction.kind === 'not-article') return { kind: 'not-article', pageKind: extraction.pageKind };
  const { article, original } = extraction;
  const input = inputOf(article, task.publishedAt, extraction);
  const took: Record<string, number> = {};
  const reasons: Record<string, string> = {};
  const steps = chain.filter(({ name }) => !task.without?.includes(name));
  const options = { timing: timingInto(took), failed: reasonsInto(reasons) };
  const { enrichment, provenance } = enrichArticle(input, options, steps);
  return {
    kind: 'article',
    charset: original.charset,
    format: original.format,
    article,
    enrichment,
    provenance: [...extraction.provenance, ...provenance],
    took,
    reasons,
    ...(clusters ? { signature: signatureOf(input.body) } : {}),
  };
}

function timingInto(took: Record<string, number>): EnrichmentOptions['timing'] {
  return { now: () => performance.now(), took: (step, ms) => (took[step] = ms) };
}

/** A rule holds functions and can't travel between processes: it is made here of what its file says, again when that changes. */
function rulesOf({ siteRule }: ReadTask): SiteRule[] {
  if (siteRule === undefined) return [];
  const key = JSON.stringify(siteRule);
  const rule = rules.get(key) ?? parseSiteRule(siteRule);
  if (rules.size >= MOST_RULES) rules.clear();
  rules.set(key, rule);
  return [rule];
}

const rules = new Map<string, SiteRule>();
const MOST_RULES = 1000;
