import { type TopicPlace, continueTrace } from '@wireroom/contracts';
import type { Ending } from '../outcome.js';
import { type ReceivedMessage, attributesOf } from '../received-message.js';
import type { StageDocument } from '../stage-document.js';
import type { SpanExporter } from './span-exporter.js';

/** How a message of a batch ended. */
export interface Processed {
  message: ReceivedMessage;
  ending: Ending;
  code?: string;
  /** Of the stored document: the trace as it goes on from here. */
  traceparent?: string;
}

const SYSTEM = { 'messaging.system': 'kafka' };

/** Milliseconds since 1970, from a clock that never goes back. */
export function traceClock(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * The spans of a stage, by OpenTelemetry's semantic conventions for messaging. The traceparent an event carries is
 * that of the span which made it: `process` where a message was its cause, `accept` where it came in by HTTP. Without
 * an exporter nothing is done.
 */
export class Tracing {
  constructor(private readonly exporter?: SpanExporter) {}

  /** A `process` span for each message of a batch. */
  processed(messages: Processed[], group: string, startedAt: number): void {
    if (!this.exporter) return;
    const endedAt = traceClock();
    for (const { message, ending, code, traceparent } of messages) {
      const { id, traceparent: parent } = attributesOf(message);
      if (parent === undefined) continue;
      const { topic, partition, offset } = message.place;
      this.exporter.add({
        traceparent: traceparent ?? continueTrace(parent),
        parent,
        name: `process ${topic}`,
        kind: 'consumer',
        startedAt,
        endedAt,
        attributes: {
          ...SYSTEM,
          'messaging.operation.type': 'process',
          'messaging.operation.name': 'process',
          'messaging.destination.name': topic,
          'messaging.destination.partition.id': String(partition),
          'messaging.kafka.offset': Number(offset),
          'messaging.consumer.group.name': group,
          'messaging.message.id': id,
          'wireroom.outcome': ending,
          'wireroom.code': code,
        },
        errorType: ending === 'dead-lettered' ? (code ?? 'unexpected') : undefined,
      });
    }
  }

  /** A `send` span for each document said, and an `accept` span for what came in by HTTP. */
  said(documents: StageDocument[], places: TopicPlace[], startedAt: number): void {
    if (!this.exporter) return;
    const endedAt = traceClock();
    documents.forEach(({ traceparent, eventId, heard, storedAt }, index) => {
      if (traceparent === undefined) return;
      const { topic, partition, offset } = places[index]!;
      if (heard === undefined) {
        const accepted = { name: 'accept content', kind: 'server' as const, attributes: {} };
        this.exporter?.add({ ...accepted, traceparent, startedAt: storedAt.getTime(), endedAt });
      }
      this.exporter?.add({
        traceparent: continueTrace(traceparent),
        parent: traceparent,
        name: `send ${topic}`,
        kind: 'producer',
        startedAt,
        endedAt,
        attributes: {
          ...SYSTEM,
          'messaging.operation.type': 'send',
          'messaging.operation.name': 'send',
          'messaging.destination.name': topic,
          'messaging.destination.partition.id': String(partition),
          'messaging.kafka.offset': Number(offset),
          'messaging.message.id': eventId,
        },
      });
    });
  }

  /** Sends what waits. */
  async close(): Promise<void> {
    await this.exporter?.close();
  }
}
