import type { EventMessage, TopicPlace } from '@wireroom/contracts';
import type { Logger } from '@wireroom/platform';
import type { MessagingMetrics } from './messaging-metrics.js';
import type { TopicWriter } from './topic-writer.js';

/** Broker limits count a whole batch of one partition, so several messages go together only up to this size. */
const MAX_SEND_BYTES = 1024 * 1024;
const MAX_SEND_MESSAGES = 1000;

/** Largest value one event may have, in bytes; leaves room for key and headers under the topics' limit. */
export const MAX_EVENT_BYTES = 2 * 1024 * 1024 - 64 * 1024;

type Writer = Pick<TopicWriter, 'write' | 'close'>;

/** What one caller asked to be said; its events may go in several sends. */
interface Call {
  size: number;
  /** Of those acknowledged so far, in the order given. */
  places: TopicPlace[];
  resolve: (places: TopicPlace[]) => void;
  reject: (error: unknown) => void;
}

interface Waiting {
  message: EventMessage;
  call: Call;
}

/**
 * Says events of one topic, acks=all, in the order in which it was asked to.
 *
 * One send is under way at a time; what is asked for meanwhile goes together in the next. When a send fails
 * everything waiting fails with it, because sending the rest would overtake what failed.
 */
export class EventProducer {
  private writer: Writer | undefined;
  private waiting: Waiting[] = [];
  private running: Promise<void> | undefined;

  constructor(
    private readonly writers: { open(): Writer },
    private readonly topic: string,
    private readonly logger: Logger,
    private readonly metrics: MessagingMetrics,
  ) {}

  /** Events not yet acknowledged. */
  get pending(): number {
    return this.waiting.length;
  }

  /**
   * @returns where each event is, in the order given.
   * @throws UnavailableError when the broker did not acknowledge them all; some may be there all the same.
   */
  sendAll(messages: EventMessage[]): Promise<TopicPlace[]> {
    if (messages.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      const call: Call = { size: messages.length, places: [], resolve, reject };
      for (const message of messages) this.waiting.push({ message, call });
      this.running ??= this.drain().finally(() => (this.running = undefined));
    });
  }

  /** Waits for what is under way, then lets the writer go. */
  async close(): Promise<void> {
    await this.running;
    await this.forget();
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, sizeOfNext(this.waiting));
      try {
        const places = await this.send(batch.map(({ message }) => message));
        batch.forEach(({ call }, index) => acknowledge(call, places[index]!));
      } catch (error) {
        this.logger.warn({ err: error, topic: this.topic }, 'events not acknowledged');
        await this.forget();
        [...batch, ...this.waiting.splice(0)].forEach(({ call }) => call.reject(error));
      }
    }
  }

  private send(messages: EventMessage[]): Promise<TopicPlace[]> {
    const { topic } = this;
    const writer = (this.writer ??= this.writers.open());
    const outgoing = messages.map(({ headers, ...rest }) => ({ topic, headers: Object.entries(headers), ...rest }));
    return this.metrics.timeSend(topic, messages.length, () => writer.write(outgoing));
  }

  /** Lets the writer go: after a failed write it may be out of sequence for good. */
  private async forget(): Promise<void> {
    const { writer } = this;
    this.writer = undefined;
    await writer?.close();
  }
}

function acknowledge(call: Call, place: TopicPlace): void {
  call.places.push(place);
  if (call.places.length === call.size) call.resolve(call.places);
}

function sizeOfNext(waiting: Waiting[]): number {
  let bytes = 0;
  const end = waiting.findIndex(({ message }, index) => {
    bytes += message.value.length;
    return index > 0 && (bytes > MAX_SEND_BYTES || index >= MAX_SEND_MESSAGES);
  });
  return end === -1 ? waiting.length : end;
}
