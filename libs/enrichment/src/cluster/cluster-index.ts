import type { ClusterData } from '@wireroom/contracts';
import { coverOfBarestHalf } from './barest-half.js';
import { shareOfFigures } from './figures.js';
import { bandKeysOf, similarity, type TextSignature } from './signature.js';

/** What is compared of an item. */
export interface ComparableText {
  id: string;
  /** The item whose revision it is; revisions of one item are one story, whatever their words are. */
  contentId?: string;
  /** Who published it; tells a revision (same source) from a syndicated copy. */
  source?: string;
  signature: TextSignature;
}

/** Another text that is the same story: the same item's, or in the same words, wholly or in good part. */
export interface TextMatch<T extends ComparableText> {
  candidate: T;
  jaccard: number;
  /** How much of the smaller text is in the larger. */
  containment: number;
}

/** An item filed in an index, with the cluster it was given. */
export interface ClusteredItem extends ComparableText {
  clusterId: string;
  /** Order of arrival in the index; the older cluster wins a merge. */
  sequence: number;
}

/** A cluster, and why: the nearest member with its similarity, and the clusters this item shows to be one. */
export interface ClusterDecision {
  cluster: ClusterData;
  nearest?: { id: string; jaccard: number; containment: number };
  /** Ids of younger clusters that this item joins to `cluster`. */
  merged: string[];
}

// Different articles on one event measured at most 0.10 Jaccard and 0.30 containment; rewritten
// copies at least 0.20 and 0.56.
const SAME_TEXT_JACCARD = 0.25;
const SAME_TEXT_CONTAINMENT = 0.5;
const LEAST_JACCARD = 0.15;
const COPY_CONTAINMENT = 0.7;
// Other stories under 40 to 60 words of boilerplate measured at most 0.09, true copies that cover so little of each other
// at least 0.17, and all but one with a new lead above 0.35.
const LEAST_COVER = 0.12;
// Forms with the figures of other news shared 0 to 0.57 of them, most a third (the date); copies two thirds and more.
const LEAST_FIGURES = 0.45;

/** The candidates that are the same story as `text`, in the order given; the text itself is left out. */
export function matchesOf<T extends ComparableText>(text: ComparableText, candidates: readonly T[]): TextMatch<T>[] {
  return candidates
    .filter(({ id }) => id !== text.id)
    .map((candidate) => ({ candidate, ...similarity(text.signature, candidate.signature) }))
    .filter((match) => isOfOneItem(text, match.candidate) || isSameText(text, match));
}

/** The match that is most alike; the earlier one of two that are equally so. */
export function nearestOf<T extends ComparableText>(matches: readonly TextMatch<T>[]): TextMatch<T> | undefined {
  return matches.reduce<TextMatch<T> | undefined>(
    (best, match) => (best && best.jaccard >= match.jaccard ? best : match),
    undefined,
  );
}

/** How a text belongs to the cluster of the one it is most alike to. */
export function kindOf(text: ComparableText, nearest: TextMatch<ComparableText>): ClusterData['kind'] {
  if (text.signature.digest === nearest.candidate.signature.digest) return 'exact';
  if (text.source !== undefined && text.source === nearest.candidate.source) return 'revised';
  return nearest.containment >= COPY_CONTAINMENT ? 'syndicated' : 'same-story';
}

/**
 * Decides the cluster of an item from the filed items that share a band key with it
 * (`bandKeysOf`). Pure: where the candidates are stored is the caller's business, and their order
 * doesn't matter. An item that is already among the candidates keeps its cluster.
 */
export function clusterOf(item: ComparableText, candidates: readonly ClusteredItem[]): ClusterDecision {
  const matches = matchesOf(item, candidates).sort((a, b) => a.candidate.sequence - b.candidate.sequence);
  const known = candidates.find((candidate) => candidate.id === item.id);
  const oldest = matches[0]?.candidate;
  const nearest = nearestOf(matches);
  if (!oldest || !nearest || (known && known.sequence < oldest.sequence)) {
    return { cluster: { id: known?.clusterId ?? item.id, kind: 'first' }, merged: [] };
  }

  const others = new Set(matches.map((match) => match.candidate.clusterId));
  others.delete(oldest.clusterId);
  return {
    cluster: { id: oldest.clusterId, kind: kindOf(item, nearest) },
    nearest: { id: nearest.candidate.id, jaccard: nearest.jaccard, containment: nearest.containment },
    merged: [...others],
  };
}

/** An index in memory, for one run over a list of items; ids of clusters are the ids of their first items. */
export class InMemoryClusterIndex {
  private readonly bands = new Map<number, ClusteredItem[]>();
  private readonly items = new Map<string, { item: ClusteredItem; cluster: ClusterData }>();

  /** Files an item and says its cluster; an id that was filed before gets the same answer again. */
  assign(signature: TextSignature, id: string, source?: string): ClusterData {
    const filed = this.items.get(id);
    if (filed) return filed.cluster;

    const keys = bandKeysOf(signature);
    const { cluster, merged } = clusterOf({ id, source, signature }, this.candidatesFor(keys));
    if (merged.length) this.moveTo(cluster.id, merged);

    const item: ClusteredItem = { id, source, signature, clusterId: cluster.id, sequence: this.items.size };
    this.items.set(id, { item, cluster });
    for (const key of keys) this.bands.set(key, [...(this.bands.get(key) ?? []), item]);
    return cluster;
  }

  private moveTo(clusterId: string, merged: string[]): void {
    for (const { item } of this.items.values()) {
      if (merged.includes(item.clusterId)) item.clusterId = clusterId;
    }
  }

  private candidatesFor(keys: number[]): ClusteredItem[] {
    return [...new Set(keys.flatMap((key) => this.bands.get(key) ?? []))];
  }
}

/** A fresh index in memory. */
export function createClusterIndex(): InMemoryClusterIndex {
  return new InMemoryClusterIndex();
}

/** Whether two texts are revisions of one item. */
export function isOfOneItem(a: ComparableText, b: ComparableText): boolean {
  return a.contentId !== undefined && a.contentId === b.contentId;
}

function isSameText(text: ComparableText, match: TextMatch<ComparableText>): boolean {
  return isAlike(match) && isSpread(text, match) && isOfSameFigures(text, match);
}

function isAlike({ jaccard, containment }: TextMatch<ComparableText>): boolean {
  return jaccard >= SAME_TEXT_JACCARD || (containment >= SAME_TEXT_CONTAINMENT && jaccard >= LEAST_JACCARD);
}

/**
 * Whether what two texts share is more than boilerplate around another story. One that is in the other for the most part
 * has no bare half; texts that don't say where their words stand are taken for copies.
 */
function isSpread(text: ComparableText, { candidate, containment }: TextMatch<ComparableText>): boolean {
  if (containment >= COPY_CONTAINMENT) return true;
  const cover = coverOfBarestHalf(text.signature, candidate.signature);
  return cover === undefined || cover >= LEAST_COVER;
}

/** Whether it may be the same news by its figures; texts that have too few, or don't say, are taken for copies. */
function isOfSameFigures(text: ComparableText, { candidate }: TextMatch<ComparableText>): boolean {
  const share = shareOfFigures(text.signature, candidate.signature);
  return share === undefined || share >= LEAST_FIGURES;
}
