import { Injectable } from '@nestjs/common';
import {
  ContractViolation,
  type KafkaMessage,
  type KafkaMessagePage,
  type ListKafkaMessagesRequest,
} from '@wireroom/contracts';
import { HttpFailure } from '@wireroom/pipeline';
import { whileKafkaIsThere } from '@wireroom/platform';
import kafkajs from 'kafkajs';
import { KafkaAccess } from './kafka-access.js';
import { messageView } from './message-view.js';
import { BackwardLane, type FetchOne, ForwardLane, type Lane, type Placed, type Range } from './topic-lane.js';

const LIMIT = 50;
/** What one call may look at before it answers with what it found so far. */
const MAX_LOOKED = 20_000;
const MAX_LOOKING_MS = 2000;
const BYTES_AT_ONCE = 512 * 1024;
/** Offsets a lane reads together when only some of what it reads is wanted. */
const SEARCH_WINDOW = 1000;

type Direction = KafkaMessagePage['direction'];

/** Where a page begins. */
interface Plan {
  direction: Direction;
  key?: Buffer;
  lanes: Lane[];
}

/** Messages of a topic, a page at a time, by place, time or key. Joins no group and commits nothing. */
@Injectable()
export class TopicPages {
  private readonly partitionOf = kafkajs.Partitioners.DefaultPartitioner();

  constructor(private readonly access: KafkaAccess) {}

  /** @throws ContractViolation, HttpFailure 404 for a topic or partition that is not there, UnavailableError */
  async list(topic: string, request: ListKafkaMessagesRequest): Promise<KafkaMessagePage> {
    return whileKafkaIsThere(async () => {
      const plan = await this.planOf(topic, request);
      const { found, looked } = await gather(plan, request.limit ?? LIMIT);
      return {
        items: found.map((placed) => messageView(topic, placed)),
        direction: plan.direction,
        looked,
        nextCursor: await nextCursor(plan),
      };
    });
  }

  /** @throws HttpFailure 404 where there is no such message, any more or yet */
  async one(topic: string, partition: number, offset: bigint): Promise<KafkaMessage> {
    return whileKafkaIsThere(async () => {
      const [range] = await this.rangesOf(topic, partition);
      const isThere = range !== undefined && offset >= range.low && offset < range.high;
      const lane = new ForwardLane({ partition, low: offset, high: offset + 1n }, offset, this.fetchOf(topic));
      const record = isThere ? await lane.peek() : undefined;
      if (!record) throw new HttpFailure(404, 'not-found', `${topic} has no message ${partition}/${offset}`);
      return messageView(topic, { partition, record }, { isWhole: true });
    });
  }

  private async planOf(topic: string, request: ListKafkaMessagesRequest): Promise<Plan> {
    refuseContradictions(request);
    const key = request.key === undefined ? undefined : Buffer.from(request.key);
    const all = await this.rangesOf(topic);
    const partition = request.partition ?? (key && this.partitionFor(topic, key, all));
    const ranges = partition === undefined ? all : all.filter((range) => range.partition === partition);
    if (ranges.length === 0) throw new HttpFailure(404, 'not-found', `${topic} has no partition ${partition}`);

    const cursor = request.cursor === undefined ? undefined : readCursor(request.cursor);
    const direction = (cursor?.direction ?? (request.offset ?? request.time) === undefined) ? 'backwards' : 'forwards';
    const starts = cursor?.positions ?? (await this.startsOf(topic, request, ranges));
    const window = key ? SEARCH_WINDOW : Math.ceil((request.limit ?? LIMIT) / ranges.length) + 1;
    const fetch = this.fetchOf(topic);
    const lanes = ranges.map((range) => {
      const start = starts.get(range.partition);
      return direction === 'forwards'
        ? new ForwardLane(range, start ?? range.low, fetch)
        : new BackwardLane(range, start ?? range.high, fetch, window);
    });
    return { direction, key, lanes };
  }

  private async startsOf(
    topic: string,
    { offset, time }: ListKafkaMessagesRequest,
    ranges: Range[],
  ): Promise<Map<number, bigint>> {
    if (offset !== undefined) return new Map([[ranges[0]!.partition, BigInt(offset)]]);
    if (time === undefined) return new Map();
    return this.access.offsetsAt(topic, new Date(time));
  }

  private async rangesOf(topic: string, only?: number): Promise<Range[]> {
    const ranges = await this.access.rangesOf(topic);
    return only === undefined ? ranges : ranges.filter(({ partition }) => partition === only);
  }

  private partitionFor(topic: string, key: Buffer, ranges: Range[]): number {
    const partitionMetadata = ranges.map(({ partition: partitionId }) => ({ partitionId }));
    return this.partitionOf({ topic, partitionMetadata: partitionMetadata as never, message: { key, value: null } });
  }

  private fetchOf(topic: string): FetchOne {
    return async (partition, from) => {
      const [fetched] = await this.access.wire.fetch(topic, new Map([[partition, from]]), { maxBytes: BYTES_AT_ONCE });
      return fetched;
    };
  }
}

/** Goes along all lanes in order of time until there is enough, nothing is left, or one call has looked enough. */
async function gather({ lanes, key, direction }: Plan, limit: number): Promise<{ found: Placed[]; looked: number }> {
  const until = performance.now() + MAX_LOOKING_MS;
  const found: Placed[] = [];
  let looked = 0;
  while (found.length < limit && looked < MAX_LOOKED && performance.now() < until) {
    const heads = await Promise.all(lanes.map(async (lane) => ({ lane, record: await lane.peek() })));
    const next = heads.reduce<{ lane: Lane; record: Placed['record'] } | undefined>((best, { lane, record }) => {
      if (!record) return best;
      return best === undefined || comesBefore(record, best.record, direction) ? { lane, record } : best;
    }, undefined);
    if (!next) break;
    next.lane.take();
    looked++;
    if (key === undefined || next.record.key?.equals(key)) {
      found.push({ partition: next.lane.partition, record: next.record });
    }
  }
  return { found, looked };
}

function comesBefore(one: { timestamp: string }, other: { timestamp: string }, direction: Direction): boolean {
  const apart = Number(one.timestamp) - Number(other.timestamp);
  return direction === 'forwards' ? apart < 0 : apart > 0;
}

async function nextCursor({ lanes, direction }: Plan): Promise<string | undefined> {
  const rest = await Promise.all(lanes.map((lane) => lane.peek()));
  if (rest.every((record) => record === undefined)) return undefined;
  const positions = Object.fromEntries(lanes.map(({ partition, position }) => [partition, String(position)]));
  return Buffer.from(JSON.stringify({ direction, positions })).toString('base64url');
}

function readCursor(cursor: string): { direction: Direction; positions: Map<number, bigint> } {
  try {
    const { direction, positions } = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as {
      direction: unknown;
      positions: Record<string, string>;
    };
    if (direction !== 'forwards' && direction !== 'backwards') throw new Error('no direction');
    const places = Object.entries(positions).map(([partition, offset]): [number, bigint] => [
      Number(partition),
      BigInt(offset),
    ]);
    return { direction, positions: new Map(places) };
  } catch {
    throw new ContractViolation([{ field: 'cursor', reason: 'must be the nextCursor of the page before' }]);
  }
}

function refuseContradictions({ offset, partition, time }: ListKafkaMessagesRequest): void {
  if (offset !== undefined && partition === undefined) {
    throw new ContractViolation([{ field: 'partition', reason: 'must be given with offset' }]);
  }
  if (offset !== undefined && time !== undefined) {
    throw new ContractViolation([{ field: 'time', reason: 'cannot be given with offset' }]);
  }
}
