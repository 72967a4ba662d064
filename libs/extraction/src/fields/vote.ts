import type { Candidate, ProvenanceLog } from '../provenance.js';
import { comparable } from '../text.js';

/**
 * Chooses among candidates by weighted vote: sources that agree add up, so two middling ones outvote a
 * good one that stands alone. All others are kept in the log with the reason why they lost.
 */
export function vote(
  field: string,
  candidates: Candidate[],
  log: ProvenanceLog,
  sameness: (value: string) => string = comparable,
): Candidate | undefined {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const key = sameness(candidate.value);
    if (!key) continue;
    const group = groups.get(key);
    if (group) group.push(candidate);
    else groups.set(key, [candidate]);
  }
  const ranked = [...groups.values()]
    .map((group) => ({ group, votes: votesOf(group) }))
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

/** Each rule votes once, however often it found the value. */
function votesOf(group: Candidate[]): number {
  const byRule = new Map<string, number>();
  for (const { rule, weight } of group) byRule.set(rule, Math.max(weight, byRule.get(rule) ?? 0));
  return [...byRule.values()].reduce((sum, weight) => sum + weight, 0);
}

function reasonFor(winner: Candidate, winners: Candidate[], count: number): string {
  if (count === 1) return 'the only candidate';
  const rules = [...new Set(winners.map(({ rule }) => rule))];
  return rules.length > 1 ? `agreed on by ${rules.join(', ')}` : `the best of ${count} candidates, by ${winner.rule}`;
}
