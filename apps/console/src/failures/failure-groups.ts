import { Injectable } from '@nestjs/common';
import {
  type DeadLetterState,
  type FailureGroup,
  type FailuresAnswer,
  type ListFailuresRequest,
  STAGES,
  type StageName,
} from '@wireroom/contracts';
import { FAILURES_INDEX, deadLetterQuery } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Document } from 'mongodb';
import { StageData } from '../stages/stage-data.js';

/** Dead letters of one code, source and state. */
interface StateCount {
  _id: { code: string; source?: string; state: DeadLetterState };
  count: number;
  firstFailedAt: Date;
  newest: { at: Date; id: string };
}

/** Dead letters grouped by what they have in common. */
@Injectable()
export class FailureGroups {
  constructor(private readonly data: StageData) {}

  /** Groups with the newest failure first. @throws UnavailableError */
  async list(request: ListFailuresRequest): Promise<FailuresAnswer> {
    const stages = STAGES.filter((stage) => request.stage === undefined || stage === request.stage);
    const asOf = new Date().toISOString();
    const groups = (await Promise.all(stages.map((stage) => this.ofStage(stage, request)))).flat();
    return { groups: groups.sort((a, b) => (a.lastFailedAt > b.lastFailedAt ? -1 : 1)), asOf };
  }

  private async ofStage(stage: StageName, request: ListFailuresRequest): Promise<FailureGroup[]> {
    const letters = this.data.deadLetters(stage);
    const counts = await whileMongoIsThere(() =>
      letters.aggregate<StateCount>(grouping(deadLetterQuery(request)), { hint: FAILURES_INDEX }).toArray(),
    );
    const groups = new Map<string, StateCount[]>();
    for (const count of counts) {
      const name = JSON.stringify([count._id.code, count._id.source]);
      groups.set(name, [...(groups.get(name) ?? []), count]);
    }
    const details = await this.detailsOf(
      stage,
      [...groups.values()].map((states) => newestOf(states).id),
    );
    return [...groups.values()].map((states) => groupOf(stage, states, details));
  }

  private async detailsOf(stage: StageName, ids: string[]): Promise<Map<string, string>> {
    const rows = await whileMongoIsThere(() =>
      this.data
        .deadLetters(stage)
        .find({ _id: { $in: ids } }, { projection: { detail: 1 } })
        .toArray(),
    );
    return new Map(rows.map(({ _id, detail }) => [_id, detail]));
  }
}

function grouping(filter: Document): Document[] {
  return [
    { $match: filter },
    {
      $group: {
        _id: { code: '$code', source: '$source', state: '$state' },
        count: { $sum: 1 },
        firstFailedAt: { $min: '$firstFailedAt' },
        newest: { $max: { at: '$lastFailedAt', id: '$_id' } },
      },
    },
  ];
}

function groupOf(stage: StageName, states: StateCount[], details: Map<string, string>): FailureGroup {
  const newest = newestOf(states);
  const { code, source } = states[0]!._id;
  const counts: FailureGroup['counts'] = { open: 0, parked: 0, replayed: 0, resolved: 0, discarded: 0 };
  for (const { _id, count } of states) counts[_id.state] = count;
  return {
    stage,
    code,
    // The index holds null where there is no source.
    source: source ?? undefined,
    counts,
    total: states.reduce((sum, { count }) => sum + count, 0),
    firstFailedAt: new Date(Math.min(...states.map(({ firstFailedAt }) => firstFailedAt.getTime()))).toISOString(),
    lastFailedAt: newest.at.toISOString(),
    newestId: newest.id,
    newestDetail: details.get(newest.id) ?? '',
  };
}

function newestOf(states: StateCount[]): StateCount['newest'] {
  return states.map(({ newest }) => newest).reduce((best, one) => (one.at > best.at ? one : best));
}
