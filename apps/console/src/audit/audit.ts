import { Inject, Injectable } from '@nestjs/common';
import type { AuditEntry, AuditPage, AuditResult, ListAuditRequest } from '@wireroom/contracts';
import { HttpFailure, MONGO, failureOf } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import mongoose, { type Connection, type Model, type QueryFilter } from 'mongoose';
import { randomUUID } from 'node:crypto';
import type { Principal } from '../access/principal.js';
import { afterCursor, cursorOf } from '../paging.js';
import type { AuditDocument } from './audit.schema.js';

/** An action that someone asks for. */
export interface AuditedAction<TAnswer extends object> {
  caller: Principal;
  /** What is done, as `things.verb`. */
  action: string;
  target?: string;
  reason?: string;
  requestId: string;
  request: object;
  /** What may be kept of an answer that holds a secret; the same request is then refused instead of answered again. */
  keep?: (answer: TAnswer) => object;
}

const PAGE = 50;
const MAX_SHOWN = 10_000;
/** An action that takes longer was cut off: its end is not known. */
const LONGEST_ACTION_MS = 5 * 60_000;
const DUPLICATE_KEY = 11000;

/** Who did what, when, why and what came of it. */
@Injectable()
export class Audit {
  private readonly entries: Model<AuditDocument>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.entries = mongo.model<AuditDocument>('AuditEntry');
  }

  /**
   * Runs an action between its record and its result. A request that was done before is not done again but answered
   * as then; one that failed, or was cut off, is tried again.
   *
   * @throws HttpFailure 409 `request-id-reused`, `request-under-way` or `already-done`; else what the action throws
   */
  async perform<TAnswer extends object>(asked: AuditedAction<TAnswer>, run: () => Promise<TAnswer>): Promise<TAnswer> {
    const last = await whileMongoIsThere(() =>
      this.entries
        .findOne({ requestId: { $eq: asked.requestId } })
        .sort({ attempt: -1 })
        .lean(),
    );
    if (last) {
      refuseOther(asked, last);
      if (last.result === 'done') return earlierAnswer(asked, last);
      if (resultOf(last) === 'under-way') throw underWay(asked.requestId);
    }
    const _id = await this.begin(asked, (last?.attempt ?? 0) + 1);
    try {
      const answer = await run();
      const kept = asked.keep ? asked.keep(answer) : answer;
      await this.end(_id, { result: 'done', answer: JSON.stringify(kept) });
      return answer;
    } catch (error) {
      const { code, message } = failureOf(error);
      await this.end(_id, { result: 'failed', code, message });
      throw error;
    }
  }

  /** Records something that has happened and is no request of its own. */
  async note(caller: Principal, action: string, target?: string): Promise<void> {
    const _id = await this.begin({ caller, action, target, requestId: randomUUID(), request: {} }, 1);
    await this.end(_id, { result: 'done', answer: '{}' });
  }

  /** Newest first. */
  async list(request: ListAuditRequest): Promise<AuditPage> {
    const limit = request.limit ?? PAGE;
    const filter: QueryFilter<AuditDocument> = {
      ...(request.actor === undefined ? {} : { actor: { $eq: request.actor } }),
      ...(request.action === undefined ? {} : { action: { $eq: request.action } }),
      ...periodOf(request),
    };
    const after = afterCursor('at', request.cursor, (id) => new mongoose.Types.ObjectId(id));
    const rows = await whileMongoIsThere(() =>
      this.entries
        .find({ $and: [filter, after] })
        .sort({ at: -1, _id: -1 })
        .limit(limit + 1)
        .lean(),
    );
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { entries: shown.map(entryOf), nextCursor: last && cursorOf(last.at, last._id.toHexString()) };
  }

  private async begin<T extends object>(asked: AuditedAction<T>, attempt: number): Promise<AuditDocument['_id']> {
    const { caller, action, target, reason, requestId, request } = asked;
    const _id = new mongoose.Types.ObjectId();
    const { actor, role, via } = caller;
    const about = { action, target, reason, request: JSON.stringify(request) };
    try {
      await whileMongoIsThere(() =>
        this.entries.create({ _id, requestId, attempt, at: new Date(), actor, role, via, ...about }),
      );
    } catch (error) {
      if ((error as { code?: unknown }).code === DUPLICATE_KEY) throw underWay(requestId);
      throw error;
    }
    return _id;
  }

  private async end(_id: AuditDocument['_id'], result: Partial<AuditDocument>): Promise<void> {
    await whileMongoIsThere(() =>
      this.entries.updateOne({ _id, endedAt: { $exists: false } }, { $set: { ...result, endedAt: new Date() } }),
    );
  }
}

function refuseOther<T extends object>(
  { action, target, request, requestId }: AuditedAction<T>,
  last: AuditDocument,
): void {
  if (last.action === action && last.target === target && last.request === JSON.stringify(request)) return;
  throw new HttpFailure(409, 'request-id-reused', `requestId ${requestId} stood for another request before`);
}

function earlierAnswer<T extends object>({ requestId, keep }: AuditedAction<T>, last: AuditDocument): T {
  if (keep) throw new HttpFailure(409, 'already-done', `request ${requestId} was done at ${last.at.toISOString()}`);
  return JSON.parse(last.answer ?? '{}') as T;
}

function underWay(requestId: string): HttpFailure {
  return new HttpFailure(409, 'request-under-way', `request ${requestId} is under way`);
}

function resultOf({ result, at }: AuditDocument): AuditResult {
  return result ?? (Date.now() - at.getTime() > LONGEST_ACTION_MS ? 'unknown' : 'under-way');
}

function periodOf({ from, to }: ListAuditRequest): QueryFilter<AuditDocument> {
  if (from === undefined && to === undefined) return {};
  return { at: { ...(from ? { $gte: new Date(from) } : {}), ...(to ? { $lt: new Date(to) } : {}) } };
}

function entryOf(entry: AuditDocument): AuditEntry {
  return {
    id: entry.requestId,
    at: entry.at.toISOString(),
    actor: entry.actor,
    role: entry.role,
    via: entry.via,
    action: entry.action,
    target: entry.target,
    reason: entry.reason,
    request: entry.request.slice(0, MAX_SHOWN),
    result: resultOf(entry),
    endedAt: entry.endedAt?.toISOString(),
    answer: entry.answer?.slice(0, MAX_SHOWN),
    code: entry.code,
    message: entry.message,
  };
}
