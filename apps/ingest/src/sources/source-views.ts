import type { FetchView, SourceSpec, SourceView, TestedFetch } from '@wireroom/contracts';
import type { FetchFacts } from './fetch-facts.js';
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

/** A fetch of a test, which counts nothing: its items are listed one by one. */
export function testedFetchOf(facts: FetchFacts, { ignoreRobots: robotsIgnored }: SourceSpec): TestedFetch {
  const { at, purpose, url, outcome, status, bytes, tookMs, code, reason } = facts;
  return { at: at.toISOString(), purpose, url, outcome, status, bytes, tookMs, code, reason, robotsIgnored };
}

/** A row of the ledger as operators see it. */
export function fetchViewOf({ _id, source: _source, at, ...row }: FetchRow): FetchView {
  return { at: at.toISOString(), ...row };
}
