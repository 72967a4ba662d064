import type { Candidate, ProvenanceLog } from '../provenance.js';
import { comparable } from '../text.js';

export interface VoteRules {
  /** Values with the same answer are the same; an empty answer takes a value out. */
  sameness?: (value: string) => string;
  /** Share of its votes that `other`, another value, gives to `value` because it says the same in more words. */
  support?: (value: string, other: string) => number;
}

/**
 * Chooses among candidates by weighted vote: sources that agree add up, so two middling ones outvote a
 * good one that stands alone. All others are kept in the log with the reason why they lost.
 */
export function vote(
  field: string,
  candidates: Candidate[],
  log: ProvenanceLog,
  { sameness = comparable, support = () => 0 }: VoteRules = {},
): Candidate | undefined {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = sameness(candidate.value);
    if (!key) continue;
    const group = groups.get(key);
    if (group) group.push(candidate);
    else groups.set(key, [candidate]);
  }
  const ranked = [...groups]
    .map(([key, group]) => ({ group, votes: votesFor(key, groups, support) }))
    .sort((a, b) => b.votes - a.votes);
  const winners = ranked[0]?.group;
  if (!winners) return undefined;
  const winner = winners.reduce((best, candidate) => (candidate.weight > best.weight ? candidate : best));
  log.chosen(field, winner, winner.rule, reasonFor(winner, winners, candidates.length));
  for (const candidate of candidates) {
    if (candidate === winner) continue;
    const agrees = winners.includes(candidate);
    log.rejected(
      field,
      candidate,
      candidate.rule,
      agrees ? 'agrees with the chosen value' : `outvoted by ${winner.rule}`,
    );
  }
  return winner;
}

/** Each rule votes once, however often it found the value or a longer form of it. */
function votesFor(key: string, groups: Map<string, Candidate[]>, support: NonNullable<VoteRules['support']>): number {
  const byRule = new Map<string, number>();
  for (const [other, group] of groups) {
    const share = other === key ? 1 : support(key, other);
    if (share === 0) continue;
    for (const { rule, weight } of group) byRule.set(rule, Math.max(weight * share, byRule.get(rule) ?? 0));
  }
  return [...byRule.values()].reduce((sum, weight) => sum + weight, 0);
}

function reasonFor(winner: Candidate, winners: Candidate[], count: number): string {
  if (count === 1) return 'the only candidate';
  const rules = [...new Set(winners.map(({ rule }) => rule))];
  return rules.length > 1 ? `agreed on by ${rules.join(', ')}` : `the best of ${count} candidates, by ${winner.rule}`;
}
