import type { TextMatch } from '@wireroom/enrichment';
import type { FiledText } from './filed-text.js';

/** A node of the forest of texts: what is needed to find its root, to choose between two and to name it. */
export type ClusterNode = Omit<FiledText, 'signature' | 'keys'>;

/** Two texts that were found to be of one cluster. */
export interface Tie {
  text: FiledText;
  match: TextMatch<FiledText>;
}

/** A root that must go under an older one, with the tie that says so. */
export interface NewLink {
  root: ClusterNode;
  into: string;
  tie: Tie;
}

/** By age; for `sort`. */
export function byAge(a: ClusterNode, b: ClusterNode): number {
  return isOlder(a, b) ? -1 : 1;
}

/** Whether `a` comes before `b`: a total order that never changes, so that links can't go round in a circle. */
export function isOlder(a: ClusterNode, b: ClusterNode): boolean {
  if (a.filedAt !== b.filedAt) return a.filedAt < b.filedAt;
  if (a.receivedAt !== b.receivedAt) return a.receivedAt < b.receivedAt;
  return a.id < b.id;
}

/**
 * The links that make one tree of all that the ties hold together: each root under the oldest of its component. Pure.
 *
 * @param rootOf the root that each text of the ties has now
 */
export function linksFor(ties: readonly Tie[], rootOf: (id: string) => ClusterNode): NewLink[] {
  const links = new Map<string, NewLink>();
  const oldestOf = (id: string): ClusterNode => {
    let node = rootOf(id);
    for (let link = links.get(node.id); link; link = links.get(node.id)) node = rootOf(link.into);
    return node;
  };
  for (const tie of ties) {
    const [a, b] = [oldestOf(tie.text.id), oldestOf(tie.match.candidate.id)];
    if (a.id === b.id) continue;
    const [older, younger] = isOlder(a, b) ? [a, b] : [b, a];
    links.set(younger.id, { root: younger, into: older.id, tie });
  }
  return [...links.values()];
}
