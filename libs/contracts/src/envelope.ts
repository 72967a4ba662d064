import type { EventContract } from './define-event.js';

/**
 * CloudEvents 1.0 in Kafka's binary content mode: the attributes travel as `ce_*` headers, the data as
 * JSON in the value, `content-type` as a header, and the W3C trace context beside them.
 */
export interface EventMessage {
  key: string;
  value: Buffer;
  headers: Record<string, string>;
}

/** The attributes of an event, without its data. */
export interface EventAttributes {
  id: string;
  type: string;
  source: string;
  subject: string;
  /** ISO 8601, UTC. */
  time: string;
  traceparent?: string;
}

/** Builds the message of an event; the same arguments give the same bytes. */
export function toMessage<T extends object>(
  contract: EventContract<T>,
  attributes: Omit<EventAttributes, 'type'>,
  data: T,
): EventMessage {
  return {
    key: attributes.subject,
    value: Buffer.from(JSON.stringify(data)),
    headers: {
      ce_specversion: '1.0',
      ce_id: attributes.id,
      ce_type: contract.type,
      ce_source: attributes.source,
      ce_subject: attributes.subject,
      ce_time: attributes.time,
      'content-type': 'application/json',
      ...(attributes.traceparent === undefined ? {} : { traceparent: attributes.traceparent }),
    },
  };
}
