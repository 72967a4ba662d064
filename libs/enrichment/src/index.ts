export { ENRICHMENT_VERSION, enrichArticle, provenanceOf, type EnrichmentOptions } from './enrich-article.js';
export { enrichAgain, replaceSteps, type Enriched } from './enrich-again.js';
export { inputOf } from './input-of.js';
export { reasonsInto } from './reasons.js';
export { CLUSTER_STEP } from './cluster/cluster-step.js';
export { STEPS, withAccurateEntities } from './chain.js';
export type { EnrichmentInput, EnrichmentStep, Evidence, StepContext, StepResult } from './step.js';
export { bandKeysOf, signatureOf, similarity, type TextSignature } from './cluster/signature.js';
export {
  clusterOf,
  createClusterIndex,
  InMemoryClusterIndex,
  isOfOneItem,
  kindOf,
  matchesOf,
  nearestOf,
  type ClusterDecision,
  type ClusteredItem,
  type ComparableText,
  type TextMatch,
} from './cluster/cluster-index.js';
export { findTrustMarks, type TrustMark } from './trust/trust-marks.js';
