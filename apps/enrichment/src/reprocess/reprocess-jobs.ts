import { Inject, Injectable } from '@nestjs/common';
import type { ReprocessAnswer, ReprocessRequest } from '@wireroom/contracts';
import { HttpFailure, MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Collection, Document, Filter, UpdateFilter } from 'mongodb';
import type { Connection } from 'mongoose';
import { randomUUID } from 'node:crypto';
import type { ReprocessJob } from './reprocess-job.schema.js';

/** How the items of one chunk ended. */
export type ChunkCounts = Pick<ReprocessJob, 'seen' | 'changed' | 'unchanged' | 'failed'>;

const DEFAULT_RATE = 20;
const LEASE_MS = 60_000;
const LISTED = 100;
const DUPLICATE_KEY = 11000;

/** The reprocessings, each a document: what was asked for, how far it is, and who works on it now. */
@Injectable()
export class ReprocessJobs {
  private readonly jobs: Collection<ReprocessJob>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.jobs = mongo.model<ReprocessJob>('ReprocessJob').collection as unknown as Collection<ReprocessJob>;
  }

  /** @throws HttpFailure 409 while another one runs. */
  async start({ steps, filter = {}, rate = DEFAULT_RATE, dryRun = false }: ReprocessRequest): Promise<ReprocessAnswer> {
    const counts: ChunkCounts = { seen: 0, changed: 0, unchanged: 0, failed: 0 };
    const asked = { steps, filter: { ...filter }, rate, dryRun };
    const job: ReprocessJob = { _id: randomUUID(), state: 'running', ...asked, ...counts, startedAt: new Date() };
    await whileMongoIsThere(() => this.jobs.insertOne(job)).catch((error: unknown) => {
      if ((error as { code?: unknown }).code !== DUPLICATE_KEY) throw error;
      throw new HttpFailure(409, 'reprocess-running', 'another reprocessing runs; stop it first or wait for its end');
    });
    return answerOf(job);
  }

  async list(): Promise<ReprocessAnswer[]> {
    const found = await whileMongoIsThere(() => this.jobs.find().sort({ startedAt: -1 }).limit(LISTED).toArray());
    return found.map(answerOf);
  }

  async find(id: string): Promise<ReprocessAnswer | undefined> {
    const found = await whileMongoIsThere(() => this.jobs.findOne({ _id: id }));
    return found ? answerOf(found) : undefined;
  }

  /** Stops a running one; one that has ended stays as it ended. */
  async stop(id: string): Promise<ReprocessAnswer | undefined> {
    await this.end({ _id: id, state: 'running' }, { state: 'stopped' });
    return this.find(id);
  }

  /** The running one, if no other instance works on it. */
  claim(owner: string): Promise<ReprocessJob | undefined> {
    const isOwn = { $eq: ['$lease.owner', owner] };
    const isFree = { $lt: [{ $ifNull: ['$lease.until', new Date(0)] }, '$$NOW'] };
    return this.change({ state: 'running', $expr: { $or: [isOwn, isFree] } }, [{ $set: leaseOf(owner) }]);
  }

  /** Records a chunk that is done. @returns undefined where the job was stopped, or went to another instance. */
  advance(job: ReprocessJob, owner: string, cursor: string, counts: ChunkCounts): Promise<ReprocessJob | undefined> {
    const sums = Object.fromEntries(
      Object.entries(counts).map(([name, count]) => [name, { $add: [`$${name}`, count] }]),
    );
    return this.change(ownedBy(job, owner), [{ $set: { ...sums, ...leaseOf(owner), cursor: { $literal: cursor } } }]);
  }

  finish(job: ReprocessJob, owner: string): Promise<void> {
    return this.end(ownedBy(job, owner), { state: 'done' });
  }

  fail(job: ReprocessJob, owner: string, error: string): Promise<void> {
    return this.end(ownedBy(job, owner), { state: 'failed', error });
  }

  /** Gives it back, so that another instance need not wait for the lease to run out. */
  async release(job: ReprocessJob, owner: string): Promise<void> {
    await whileMongoIsThere(() => this.jobs.updateOne(ownedBy(job, owner), { $unset: { lease: '' } }));
  }

  private async end(filter: Filter<ReprocessJob>, ending: Partial<ReprocessJob>): Promise<void> {
    const update = { $set: { ...ending, finishedAt: new Date() }, $unset: { lease: '' } } as UpdateFilter<ReprocessJob>;
    await whileMongoIsThere(() => this.jobs.updateOne(filter, update));
  }

  private async change(filter: Filter<ReprocessJob>, update: Document[]): Promise<ReprocessJob | undefined> {
    const changed = await whileMongoIsThere(() =>
      this.jobs.findOneAndUpdate(filter, update, { returnDocument: 'after' }),
    );
    return changed ?? undefined;
  }
}

function ownedBy({ _id }: ReprocessJob, owner: string): Filter<ReprocessJob> {
  return { _id, state: 'running', 'lease.owner': owner };
}

function leaseOf(owner: string): Document {
  return { lease: { owner, until: { $add: ['$$NOW', LEASE_MS] } } };
}

function answerOf({
  _id: id,
  cursor: _cursor,
  lease: _lease,
  startedAt,
  finishedAt,
  ...job
}: ReprocessJob): ReprocessAnswer {
  return {
    id,
    ...job,
    startedAt: startedAt.toISOString(),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
  };
}
