import { Injectable } from '@nestjs/common';
import {
  ContractViolation,
  type Redrive,
  type RedriveChoice,
  type RedrivePart,
  type RedrivePreviewAnswer,
  STAGES,
  type StageName,
  type StartRedriveRequest,
} from '@wireroom/contracts';
import { HttpFailure, deadLetterQuery } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import { StageData } from '../stages/stage-data.js';
import { RedriveStore } from './redrive-store.js';
import type { RedriveDocument, RedriveItemDocument } from './redrive.schema.js';

/** Most dead letters that one redrive takes. */
const MAX_ITEMS = 100_000;
const RAMP = [1, 2, 5, 20];
const HOLD_AT_FAILURE_SHARE = 0.5;

type Change = 'pause' | 'resume' | 'stop';

/** From which states a change is possible, and what it makes of them. */
const CHANGES: Record<Change, { from: RedriveDocument['state'][]; to: RedriveDocument['state'] }> = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused', 'held'], to: 'running' },
  stop: { from: ['running', 'paused', 'held'], to: 'stopped' },
};

/** Starting redrives and changing their course. */
@Injectable()
export class Redrives {
  constructor(
    private readonly store: RedriveStore,
    private readonly data: StageData,
  ) {}

  /** @throws UnavailableError */
  async preview(filter: RedriveChoice): Promise<RedrivePreviewAnswer> {
    const parts = (await Promise.all(stagesOf(filter).map((stage) => this.partsOf(stage, filter)))).flat();
    return { count: parts.reduce((sum, { count }) => sum + count, 0), parts: parts.sort((a, b) => b.count - a.count) };
  }

  /** Takes what matches the filter now. A second call with the same id answers the redrive of the first. */
  async start(request: StartRedriveRequest, by: string): Promise<Redrive> {
    const earlier = await this.store.find(request.requestId);
    if (earlier) return this.store.viewOf(earlier);
    const { filter, reason, ratePerSecond, ramp = RAMP, holdAtFailureShare = HOLD_AT_FAILURE_SHARE } = request;
    const items = (await Promise.all(stagesOf(filter).map((stage) => this.itemsOf(stage, filter)))).flat();
    refuseUnfit(items.length);
    const startedAt = new Date();
    const redrive: RedriveDocument = {
      _id: request.requestId,
      state: 'running',
      filter: { ...filter },
      reason,
      by,
      ratePerSecond,
      ramp,
      holdAtFailureShare,
      total: items.length,
      wave: 0,
      guardFrom: startedAt,
      startedAt,
    };
    await this.store.create(redrive, items);
    return this.store.viewOf(redrive);
  }

  /** @throws HttpFailure 404, or 409 where its state does not allow it; what it is already is no conflict */
  async change(id: string, change: Change): Promise<Redrive> {
    const { from, to } = CHANGES[change];
    const update = change === 'resume' ? await this.resumption(id) : { $set: { state: to } };
    const changed = await this.store.change(id, from, update);
    if (changed) return this.store.viewOf(changed);
    const redrive = await this.existing(id);
    if (redrive.state !== to) throw new HttpFailure(409, 'wrong-state', `redrive ${id} is ${redrive.state}`);
    return this.store.viewOf(redrive);
  }

  /** @throws HttpFailure 404 */
  async view(id: string): Promise<Redrive> {
    return this.store.viewOf(await this.existing(id));
  }

  /** @throws HttpFailure 404 */
  async existing(id: string): Promise<RedriveDocument> {
    const redrive = await this.store.find(id);
    if (!redrive) throw new HttpFailure(404, 'not-found', `there is no redrive ${id}`);
    return redrive;
  }

  /** Who resumes a held redrive has seen what failed: the guard begins anew, with the next wave. */
  private async resumption(id: string): Promise<object> {
    const { state, wave } = await this.existing(id);
    const next = state === 'held' ? { wave: wave + 1, guardFrom: new Date() } : {};
    return { $set: { state: 'running', ...next }, $unset: { note: 1 } };
  }

  private async partsOf(stage: StageName, filter: RedriveChoice): Promise<RedrivePart[]> {
    const rows = await whileMongoIsThere(() =>
      this.data
        .deadLetters(stage)
        .aggregate<{ _id: { code: string; source?: string | null }; count: number }>([
          { $match: queryOf(filter) },
          { $group: { _id: { code: '$code', source: '$source' }, count: { $sum: 1 } } },
        ])
        .toArray(),
    );
    return rows.map(({ _id: { code, source }, count }) => ({ stage, code, source: source ?? undefined, count }));
  }

  /** Oldest failure first, so that an item's events keep their order. */
  private async itemsOf(
    stage: StageName,
    filter: RedriveChoice,
  ): Promise<Omit<RedriveItemDocument, '_id' | 'redriveId' | 'position'>[]> {
    const letters = await whileMongoIsThere(() =>
      this.data
        .deadLetters(stage)
        .aggregate<Letter>([
          { $match: queryOf(filter) },
          { $project: { code: 1, source: 1, contentId: 1, revision: 1, replays: 1, firstFailedAt: 1 } },
          { $sort: { firstFailedAt: 1, _id: 1 } },
          { $limit: MAX_ITEMS + 1 },
        ])
        .toArray(),
    );
    return letters.map(({ _id: letterId, code, source, contentId, revision, replays: replaysBefore }) => ({
      stage,
      letterId,
      code,
      source,
      contentId,
      revision,
      replaysBefore,
      outcome: 'waiting',
    }));
  }
}

interface Letter {
  _id: string;
  code: string;
  source?: string;
  contentId?: string;
  revision?: number;
  replays: number;
}

function stagesOf({ stage }: RedriveChoice): StageName[] {
  return STAGES.filter((one) => stage === undefined || one === stage);
}

function queryOf({ stage: _stage, ...filter }: RedriveChoice): Record<string, unknown> {
  return deadLetterQuery({ state: 'open', ...filter });
}

function refuseUnfit(count: number): void {
  if (count === 0) throw new ContractViolation([{ field: 'filter', reason: 'matches no dead letter that waits' }]);
  if (count > MAX_ITEMS) {
    throw new ContractViolation([
      { field: 'filter', reason: `matches more than ${MAX_ITEMS} dead letters: narrow it` },
    ]);
  }
}
