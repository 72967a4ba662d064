import { type ClusterData, clusterIdOf } from '@wireroom/contracts';
import { type TextMatch, isOfOneItem, kindOf, nearestOf } from '@wireroom/enrichment';
import type { FiledText } from './filed-text.js';
import { type ClusterNode, isOlder } from './forest.js';

/** A text's cluster, and the text that says so; none for a text that is the first of its cluster. */
export interface ClusterAnswer {
  /** The item that was asked about. */
  contentId: string;
  cluster: ClusterData;
  nearest?: TextMatch<FiledText>;
}

/**
 * What is said of a text's cluster. Pure.
 *
 * @param matches those like it, oldest first
 * @param merged roots of clusters that the text showed to be this one
 */
export function answerFor(
  text: FiledText,
  matches: TextMatch<FiledText>[],
  root: ClusterNode,
  merged: ClusterNode[],
): ClusterAnswer {
  const { contentId } = text;
  const id = clusterIdOf(root.contentId, root.revision);
  const mergedIds = merged.map((node) => clusterIdOf(node.contentId, node.revision));
  const also = mergedIds.length === 0 ? {} : { merged: mergedIds };
  if (root.id === text.id) return { contentId, cluster: { id, kind: 'first', ...also } };

  const older = matches.filter(({ candidate }) => isOlder(candidate, text));
  const own = older.filter(({ candidate }) => isOfOneItem(text, candidate));
  const nearest = nearestOf([own, older, matches].find((ones) => ones.length > 0) ?? []);
  const first = firstOf([root, text, ...matches.map(({ candidate }) => candidate)]);
  const others = first.contentId === contentId ? {} : { first };
  return { contentId, cluster: { id, kind: tieOf(text, nearest), ...others, ...also }, nearest };
}

/** An item's next revision is `revised`, whoever else has the story; a text tied by others only is `same-story`. */
function tieOf(text: FiledText, nearest: TextMatch<FiledText> | undefined): ClusterData['kind'] {
  if (!nearest) return 'same-story';
  return isOfOneItem(text, nearest.candidate) ? 'revised' : kindOf(text, nearest);
}

function firstOf(nodes: ClusterNode[]): { contentId: string; source: string } {
  const { contentId, source } = nodes.reduce((first, node) => (node.receivedAt < first.receivedAt ? node : first));
  return { contentId, source };
}
