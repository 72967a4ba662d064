import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { KafkaMessage, TailKafkaRequest } from '@wireroom/contracts';
import { HttpFailure, LOGGER } from '@wireroom/pipeline';
import { type Logger, whileKafkaIsThere } from '@wireroom/platform';
import type { Response } from 'express';
import { setTimeout as sleep } from 'node:timers/promises';
import { KafkaAccess } from './kafka-access.js';
import type { FetchedPartition } from './kafka-wire.js';
import { messageView } from './message-view.js';

const MAX_WATCHERS = 50;
/** A broker answers a fetch with the first message, or after this time without one. */
const WAIT_MS = 2000;
const BYTES_AT_ONCE = 256 * 1024;
const AFTER_FAILURE_MS = 2000;
/** What a person can read; more is counted and left out. */
const SHOWN_PER_SECOND = 50;
const MAX_BEHIND_BYTES = 1024 * 1024;
const LONGEST_TAIL_MS = 10 * 60_000;

interface Watcher extends TailKafkaRequest {
  response: Response;
  shown: number;
  dropped: number;
}

/** Topics as they grow, by server-sent events. A topic is read once, however many watch it. */
@Injectable()
export class TopicTails implements OnModuleDestroy {
  private readonly tails = new Map<string, Set<Watcher>>();
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private readonly everySecond = setInterval(() => this.reportDropped(), 1000).unref();

  constructor(
    private readonly access: KafkaAccess,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Keeps the response open and writes what comes to the topic from now on.
   *
   * @throws HttpFailure 404 where there is no such topic, 429 when too many watch
   */
  async add(topic: string, request: TailKafkaRequest, response: Response): Promise<void> {
    const watching = [...this.tails.values()].reduce((sum, { size }) => sum + size, 0);
    if (watching >= MAX_WATCHERS) throw new HttpFailure(429, 'too-many-tails', `${watching} watch topics already`);
    const places = await this.endsOf(topic);
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    response.write('retry: 2000\n\n');

    const watcher: Watcher = { ...request, response, shown: 0, dropped: 0 };
    const watchers = this.tails.get(topic) ?? this.begin(topic, places);
    watchers.add(watcher);
    const timer = setTimeout(() => response.end(), LONGEST_TAIL_MS);
    response.on('close', () => {
      clearTimeout(timer);
      watchers.delete(watcher);
    });
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.everySecond);
    this.stopping.abort();
    for (const watcher of [...this.tails.values()].flatMap((watchers) => [...watchers])) watcher.response.end();
    await Promise.all(this.running);
  }

  private begin(topic: string, places: Map<number, bigint>): Set<Watcher> {
    const watchers = new Set<Watcher>();
    this.tails.set(topic, watchers);
    const tail = this.follow(topic, places, watchers).finally(() => this.running.delete(tail));
    this.running.add(tail);
    return watchers;
  }

  /** Reads until nobody watches any more. */
  private async follow(topic: string, from: Map<number, bigint>, watchers: Set<Watcher>): Promise<void> {
    const wire = this.access.newWire();
    const { signal } = this.stopping;
    let places = from;
    do {
      try {
        const fetched = await wire.fetch(topic, places, { maxBytes: BYTES_AT_ONCE, waitMs: WAIT_MS });
        for (const partition of fetched) places.set(partition.partition, this.tell(topic, partition, places, watchers));
      } catch (error) {
        // The place may be gone (the topic was emptied or made anew), or the broker: what is missed in between is not shown.
        this.logger.warn({ err: error, topic }, 'a tail broke off; going on at the end of the topic');
        await sleep(AFTER_FAILURE_MS, undefined, { signal }).catch(() => undefined);
        places = await this.endsOf(topic).catch(() => places);
      }
    } while (watchers.size > 0 && !signal.aborted);
    this.tails.delete(topic);
    for (const { response } of watchers) response.end();
    await wire.close();
  }

  /** @returns the partition's next offset */
  private tell(
    topic: string,
    { partition, messages }: FetchedPartition,
    places: Map<number, bigint>,
    watchers: Set<Watcher>,
  ): bigint {
    const from = places.get(partition)!;
    const fresh = messages.filter(({ offset }) => BigInt(offset) >= from);
    for (const record of fresh) {
      if (record.isControlRecord) continue;
      const message = messageView(topic, { partition, record });
      for (const watcher of watchers) if (wants(watcher, message)) show(watcher, message);
    }
    return fresh.length === 0 ? from : BigInt(fresh.at(-1)!.offset) + 1n;
  }

  private reportDropped(): void {
    for (const watcher of [...this.tails.values()].flatMap((watchers) => [...watchers])) {
      if (watcher.dropped > 0) watcher.response.write(eventText('dropped', { count: watcher.dropped }));
      else watcher.response.write(': beat\n\n');
      watcher.dropped = 0;
      watcher.shown = 0;
    }
  }

  private async endsOf(topic: string): Promise<Map<number, bigint>> {
    const ranges = await whileKafkaIsThere(() => this.access.rangesOf(topic));
    return new Map(ranges.map(({ partition, high }) => [partition, high]));
  }
}

function wants({ partition, key }: Watcher, message: KafkaMessage): boolean {
  return (partition === undefined || partition === message.partition) && (key === undefined || key === message.key);
}

function show(watcher: Watcher, message: KafkaMessage): void {
  const { response } = watcher;
  if (response.writableLength > MAX_BEHIND_BYTES) response.destroy();
  else if (watcher.shown >= SHOWN_PER_SECOND) watcher.dropped++;
  else {
    watcher.shown++;
    response.write(eventText('message', message));
  }
}

function eventText(event: string, data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
