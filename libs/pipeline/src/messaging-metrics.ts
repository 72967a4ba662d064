import { Counter, Histogram, type Registry } from 'prom-client';
import { codeOf } from './errors.js';

/** Attributes of OpenTelemetry's semantic conventions for messaging, as Prometheus spells them. */
const PLACE = ['messaging_system', 'messaging_operation_name', 'messaging_destination_name'] as const;
const OPERATION = [...PLACE, 'messaging_consumer_group_name', 'error_type'] as const;
const SYSTEM = { messaging_system: 'kafka' };

/** Up to half a minute: a batch that waits for a server is no outlier, and one at work takes milliseconds. */
const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30];

/**
 * What goes to and comes from Kafka, by the names of OpenTelemetry's semantic conventions for messaging metrics
 * (`messaging.client.sent.messages`, `messaging.client.consumed.messages`, `messaging.client.operation.duration`,
 * `messaging.process.duration`), written as Prometheus writes them.
 */
export class MessagingMetrics {
  private readonly sent: Counter<(typeof OPERATION)[number]>;
  private readonly consumed: Counter<(typeof OPERATION)[number]>;
  private readonly operationSeconds: Histogram<(typeof OPERATION)[number]>;
  private readonly processSeconds: Histogram<(typeof OPERATION)[number]>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.sent = new Counter({
      name: 'messaging_client_sent_messages_total',
      help: 'Messages handed to the broker; with error_type those it did not acknowledge',
      labelNames: OPERATION,
      registers,
    });
    this.consumed = new Counter({
      name: 'messaging_client_consumed_messages_total',
      help: 'Messages that the consumer was given',
      labelNames: OPERATION,
      registers,
    });
    this.operationSeconds = new Histogram({
      name: 'messaging_client_operation_duration_seconds',
      help: 'One request to the broker, from sending to its acknowledgement',
      labelNames: OPERATION,
      buckets: SECONDS,
      registers,
    });
    this.processSeconds = new Histogram({
      name: 'messaging_process_duration_seconds',
      help: 'One batch, from contract to commit',
      labelNames: OPERATION,
      buckets: SECONDS,
      registers,
    });
  }

  /** Counts what a consumer was given. */
  countConsumed(topic: string, group: string, messages: number): void {
    this.consumed.inc({ ...placeOf('poll', topic), messaging_consumer_group_name: group }, messages);
  }

  /** Times a send and counts its messages, however it ends. */
  async timeSend<T>(topic: string, messages: number, send: () => Promise<T>): Promise<T> {
    const labels = placeOf('send', topic);
    const end = this.operationSeconds.startTimer(labels);
    try {
      const answer = await send();
      end();
      this.sent.inc(labels, messages);
      return answer;
    } catch (error) {
      const failed = { error_type: codeOf(error) };
      end(failed);
      this.sent.inc({ ...labels, ...failed }, messages);
      throw error;
    }
  }

  /** @returns what is to be called when the batch is committed */
  startProcessing(topic: string, group: string): () => void {
    return this.processSeconds.startTimer({ ...placeOf('process', topic), messaging_consumer_group_name: group });
  }
}

function placeOf(operation: string, topic: string): Record<(typeof PLACE)[number], string> {
  return { ...SYSTEM, messaging_operation_name: operation, messaging_destination_name: topic };
}
