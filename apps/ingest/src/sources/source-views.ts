import type { FetchView, SourceView } from '@wireroom/contracts';
import { circuitOf } from './schedule.js';
import type { FetchRow, SourceDocument } from './source.schema.js';

/** A source as operators see it. */
export function viewOf(source: SourceDocument, now: Date): SourceView {
  const { spec, declaredBy, paused, pausedBecause, errorStreak, permanentUrl, totals, lastError } = source;
  return {
    spec,
    declaredBy,
    paused,
    pausedBecause,
    circuit: circuitOf(errorStreak, source.nextDueAt <= now),
    createdAt: source.createdAt.toISOString(),
    nextDueAt: paused ? undefined : source.nextDueAt.toISOString(),
    intervalSeconds: Math.round(source.intervalMs / 1000),
    lastFetchAt: source.lastFetchAt?.toISOString(),
    lastSuccessAt: source.lastSuccessAt?.toISOString(),
    lastItemAt: source.lastItemAt?.toISOString(),
    errorStreak,
    lastError: lastError && { ...lastError, at: lastError.at.toISOString() },
    permanentUrl,
    hub: source.push?.hub,
    pushedUntil: source.pushedUntil?.toISOString(),
    totals,
  };
}

/** A row of the ledger as operators see it. */
export function fetchViewOf({ _id, source: _source, at, ...row }: FetchRow): FetchView {
  return { at: at.toISOString(), ...row };
}
