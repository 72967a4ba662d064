import type { EnrichmentData, ProvenanceData } from '@wireroom/contracts';
import { CLUSTER_STEP, type TextMatch } from '@wireroom/enrichment';
import type { ClusterAnswer } from './cluster-answer.js';
import type { FiledText } from './filed-text.js';

/** What was found out, with the story cluster and the pair of texts that decided it. */
export function withCluster<T extends { enrichment?: EnrichmentData; provenance: ProvenanceData[] }>(
  read: T,
  { contentId, cluster, nearest }: ClusterAnswer,
): T {
  const evidence: ProvenanceData = {
    field: '/enrichment/cluster',
    extractor: CLUSTER_STEP.name,
    version: CLUSTER_STEP.version,
    rule: cluster.kind,
    source: 'cluster-index',
    basis: 'body',
    spans: [],
    chosen: true,
    value: cluster.id,
    ...(nearest && { reason: reasonOf(contentId, nearest) }),
  };
  return { ...read, enrichment: { ...read.enrichment, cluster }, provenance: [...read.provenance, evidence] };
}

function reasonOf(contentId: string, { candidate, jaccard, containment }: TextMatch<FiledText>): string {
  const kin =
    candidate.contentId === contentId
      ? `the item's own revision ${candidate.revision}`
      : `like ${candidate.source}'s ${candidate.id}`;
  const [shared, contained] = [jaccard, containment].map((share) => share.toFixed(2));
  return `${kin}: ${shared} of all three-word runs are in both, ${contained} of the shorter text's`;
}
