import { Inject, Injectable } from '@nestjs/common';
import type { SourceCounts, SourceSpec } from '@wireroom/contracts';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { noCounts } from './no-counts.js';
import { type NextPoll, firstInterval } from './schedule.js';
import type { PushOffer, SourceDocument, SourceMark, StoredFailure } from './source.schema.js';

/** A source that this instance polls now. */
export interface Claim {
  source: SourceDocument;
  owner: string;
  token: number;
  /** When it was due, and the moment it was claimed, by database time. */
  dueAt: Date;
  claimedAt: Date;
}

/** What a poll leaves behind in the source. */
export interface PollEnd {
  next: NextPoll;
  failure?: StoredFailure;
  counts: SourceCounts;
  permanentUrl?: string;
  /** What the source offers now, null for nothing; undefined where it was not read. */
  push?: PushOffer | null;
  /** Why it is not to be polled any more. */
  pauseBecause?: string;
}

/** The source went to another instance meanwhile: nothing more may be written in its name. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** Renewed three times as often; after a kill it runs out before the source is polled again. */
export const LEASE_MS = 30_000;

export interface SourceFilter {
  kind?: SourceSpec['kind'];
  state?: 'polled' | 'paused' | 'failing';
  after?: string;
}

/**
 * The sources and whose turn it is. Any number of instances share them: each claims what is due under a lease by
 * database time, and writes only as long as the token of its claim is the newest.
 */
@Injectable()
export class SourceStore {
  private readonly sources: Model<SourceDocument>;
  private readonly marks: Model<SourceMark>;
  private readonly owner = randomUUID();

  constructor(@Inject(MONGO) mongo: Connection) {
    this.sources = mongo.model<SourceDocument>('Source');
    this.marks = mongo.model<SourceMark>('SourceMark');
  }

  /** Stores a declaration: the source is due at once and keeps the state it has. Repeated, it changes nothing. */
  async declare(spec: SourceSpec, declaredBy: 'api' | 'file'): Promise<SourceDocument> {
    const before = await this.find(spec.name);
    if (before && before.declaredBy === declaredBy && isDeepStrictEqual(before.spec, spec)) return before;
    const now = new Date();
    const declared = {
      spec,
      publisher: spec.publisher ?? spec.name,
      declaredBy,
      intervalMs: firstInterval(spec),
      nextDueAt: now,
    };
    const fresh = { createdAt: now, paused: false, errorStreak: 0, totals: noCounts(), claims: 0 };
    const moved = before !== undefined && before.spec.address !== spec.address;
    return whileMongoIsThere(() =>
      this.sources
        .findOneAndUpdate(
          { _id: spec.name },
          { $set: declared, $setOnInsert: fresh, ...(moved ? { $unset: { permanentUrl: '' } } : {}) },
          { upsert: true, returnDocument: 'after' },
        )
        .lean()
        .orFail(),
    );
  }

  async find(name: string): Promise<SourceDocument | undefined> {
    return (await whileMongoIsThere(() => this.sources.findById(name).lean())) ?? undefined;
  }

  /** By name. */
  async list(filter: SourceFilter, limit: number): Promise<{ items: SourceDocument[]; total: number }> {
    const wanted = {
      ...(filter.kind === undefined ? {} : { 'spec.kind': filter.kind }),
      ...stateFilter(filter.state),
    };
    const after = filter.after === undefined ? {} : { _id: { $gt: filter.after } };
    const [items, total] = await whileMongoIsThere(() =>
      Promise.all([
        this.sources
          .find({ ...wanted, ...after })
          .sort({ _id: 1 })
          .limit(limit)
          .lean(),
        this.sources.countDocuments(wanted),
      ]),
    );
    return { items, total };
  }

  /** Names of the sources that were declared in the sources file. */
  async namesFromFile(): Promise<string[]> {
    const rows = await whileMongoIsThere(() => this.sources.find({ declaredBy: 'file' }, { _id: 1 }).lean());
    return rows.map(({ _id }) => _id);
  }

  /** @returns false where there is none of the name. */
  async remove(name: string): Promise<boolean> {
    const { deletedCount } = await whileMongoIsThere(() => this.sources.deleteOne({ _id: name }));
    await whileMongoIsThere(() => this.marks.deleteMany({ source: name }));
    return deletedCount > 0;
  }

  async pause(name: string, reason: string | undefined): Promise<SourceDocument | undefined> {
    return this.change(name, { $set: { paused: true, ...(reason === undefined ? {} : { pausedBecause: reason }) } });
  }

  /** Makes a source due now, with a clean slate. */
  async resume(name: string): Promise<SourceDocument | undefined> {
    return this.change(name, {
      $set: { paused: false, nextDueAt: new Date(), errorStreak: 0 },
      $unset: { pausedBecause: '' },
    });
  }

  /** Claims the source that is longest overdue; undefined where none is due. @throws UnavailableError */
  async claim(): Promise<Claim | undefined> {
    const source = await whileMongoIsThere(() =>
      this.sources
        .findOneAndUpdate(
          {
            paused: false,
            $expr: {
              $and: [{ $lte: ['$nextDueAt', '$$NOW'] }, { $lt: [{ $ifNull: ['$lease.until', new Date(0)] }, '$$NOW'] }],
            },
          },
          [
            {
              $set: {
                claims: { $add: ['$claims', 1] },
                lease: { owner: this.owner, token: { $add: ['$claims', 1] }, until: { $add: ['$$NOW', LEASE_MS] } },
              },
            },
          ],
          { sort: { nextDueAt: 1 }, returnDocument: 'after', updatePipeline: true },
        )
        .lean(),
    );
    if (!source?.lease) return undefined;
    const claimedAt = new Date(source.lease.until.getTime() - LEASE_MS);
    return { source, owner: this.owner, token: source.lease.token, dueAt: source.nextDueAt, claimedAt };
  }

  /** Keeps a claim for another lease. @throws LeaseLost, UnavailableError */
  async renew(claim: Claim): Promise<void> {
    await this.write(claim, [{ $set: { 'lease.until': { $add: ['$$NOW', LEASE_MS] } } }]);
  }

  /** Writes the end of a poll and gives the claim back. @throws LeaseLost, UnavailableError */
  async finish(claim: Claim, end: PollEnd): Promise<void> {
    const { next, failure, counts, permanentUrl, push, pauseBecause } = end;
    const from = next.countFrom === 'due' ? claim.dueAt : '$$NOW';
    const wokenMeanwhile = { $gt: [{ $ifNull: ['$wokenAt', new Date(0)] }, claim.claimedAt] };
    const broughtNews = counts.added + counts.changed + counts.retracted > 0;
    await this.write(claim, [
      {
        $set: {
          // Never in the past: what was missed while nobody polled is made up for once.
          nextDueAt: { $cond: [wokenMeanwhile, '$$NOW', { $max: [{ $add: [from, next.delayMs] }, '$$NOW'] }] },
          intervalMs: next.intervalMs,
          errorStreak: next.errorStreak,
          lastFetchAt: '$$NOW',
          ...(failure ? { lastError: { $literal: failure } } : { lastSuccessAt: '$$NOW' }),
          ...(broughtNews ? { lastItemAt: '$$NOW' } : {}),
          ...(permanentUrl === undefined ? {} : { permanentUrl: { $literal: permanentUrl } }),
          ...(push ? { push: { $literal: push } } : {}),
          ...(pauseBecause === undefined ? {} : { paused: true, pausedBecause: { $literal: pauseBecause } }),
          totals: totalsWith(counts),
        },
      },
      { $unset: push === null ? ['lease', 'push'] : ['lease'] },
    ]);
  }

  /** Makes a source due now, because a hub tells of news; a poll that is under way is followed by another. */
  async wake(name: string): Promise<void> {
    await whileMongoIsThere(() =>
      this.sources.updateOne(
        { _id: name },
        [{ $set: { wokenAt: '$$NOW', nextDueAt: { $min: ['$nextDueAt', '$$NOW'] } } }],
        { updatePipeline: true },
      ),
    );
  }

  /** Hubs that sources offer which are polled. */
  async listOffers(): Promise<({ source: string } & PushOffer)[]> {
    const rows = await whileMongoIsThere(() =>
      this.sources.find({ paused: false, push: { $exists: true } }, { push: 1 }).lean(),
    );
    return rows.flatMap(({ _id, push }) => (push ? [{ source: _id, ...push }] : []));
  }

  /** Notes until when hubs tell of news, by source, and that they do so of no other. */
  async notePushes(pushes: Map<string, Date>): Promise<void> {
    const notes = [...pushes].map(([name, pushedUntil]) => ({
      updateOne: { filter: { _id: name, pushedUntil: { $ne: pushedUntil } }, update: { $set: { pushedUntil } } },
    }));
    const others = { _id: { $nin: [...pushes.keys()] }, pushedUntil: { $exists: true } };
    await whileMongoIsThere(() =>
      this.sources.bulkWrite([...notes, { updateMany: { filter: others, update: { $unset: { pushedUntil: '' } } } }], {
        ordered: false,
      }),
    );
  }

  /**
   * Gives a claim back unfinished: the source is due again at once, here or elsewhere.
   *
   * @throws LeaseLost, UnavailableError
   */
  async release(claim: Claim, counts: SourceCounts): Promise<void> {
    await this.write(claim, [{ $set: { totals: totalsWith(counts) } }, { $unset: 'lease' }]);
  }

  /** What a source remembered under these keys. */
  async recall(source: string, keys: string[]): Promise<Map<string, string>> {
    if (keys.length === 0) return new Map();
    const rows = await whileMongoIsThere(() =>
      this.marks.find({ _id: { $in: keys.map((key) => markId(source, key)) } }).lean(),
    );
    return new Map(rows.map(({ key, value }) => [key, value]));
  }

  /** Remembers. Marks only ever say what was accepted before, so that a late one costs a reading and no item. */
  async remember(source: string, marks: Map<string, string>): Promise<void> {
    if (marks.size === 0) return;
    const at = new Date();
    const rows = [...marks].map(([key, value]) => ({
      updateOne: { filter: { _id: markId(source, key) }, update: { $set: { source, key, value, at } }, upsert: true },
    }));
    await whileMongoIsThere(() => this.marks.bulkWrite(rows, { ordered: false }));
  }

  private async write(claim: Claim, pipeline: object[]): Promise<void> {
    const { matchedCount } = await whileMongoIsThere(() =>
      this.sources.updateOne(heldBy(claim), pipeline as never, { updatePipeline: true }),
    );
    if (matchedCount === 0) throw new LeaseLost(`${claim.source._id} is polled by another instance now`);
  }

  private async change(name: string, update: object): Promise<SourceDocument | undefined> {
    const found = await whileMongoIsThere(() =>
      this.sources.findOneAndUpdate({ _id: name }, update, { returnDocument: 'after' }).lean(),
    );
    return found ?? undefined;
  }
}

function totalsWith(counts: SourceCounts): Record<string, object> {
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, { $add: [`$totals.${name}`, count as number] }]),
  );
}

function heldBy({ source, owner, token }: Claim): { _id: string; 'lease.owner': string; 'lease.token': number } {
  return { _id: source._id, 'lease.owner': owner, 'lease.token': token };
}

function stateFilter(state: SourceFilter['state']): object {
  if (state === undefined) return {};
  if (state === 'failing') return { errorStreak: { $gt: 0 } };
  return { paused: state === 'paused' };
}

function markId(source: string, key: string): string {
  return `${source}\n${key}`;
}
