import type { Logger } from '@wireroom/platform';

/** A finished span, named by W3C traceparents. */
export interface Span {
  /** Its own trace and span id. */
  traceparent: string;
  /** That of the span it is part of; absent for the first of a trace. */
  parent?: string;
  name: string;
  kind: 'server' | 'producer' | 'consumer';
  /** Milliseconds since 1970, as exact as the clock is. */
  startedAt: number;
  endedAt: number;
  attributes: Record<string, string | number | undefined>;
  /** Why it failed; absent where it did not. */
  errorType?: string;
}

/** SpanKind of OTLP. */
const KINDS = { server: 2, producer: 4, consumer: 5 };
const STATUS_ERROR = 2;
const SAMPLED = 1;
const EVERY_MS = 2000;
const SENT_TOGETHER = 512;
/** What is not sent by then is let go: traces must not fill the memory of a service whose collector is away. */
const MAX_WAITING = 8192;
const DEADLINE_MS = 5000;

/**
 * Sends spans to a collector by OTLP/HTTP with JSON, in batches and in the background. A collector that is away costs
 * spans and nothing else.
 */
export class SpanExporter {
  private waiting: Span[] = [];
  private dropped = 0;
  private sending: Promise<void> = Promise.resolve();
  private readonly timer = setInterval(() => this.sendSoon(), EVERY_MS).unref();

  constructor(
    private readonly service: string,
    /** Of the collector, such as `http://collector:4318`; `/v1/traces` is added. */
    private readonly endpoint: string,
    private readonly headers: Record<string, string>,
    private readonly logger: Logger,
  ) {}

  /** Takes a span over if its trace is sampled. */
  add(span: Span): void {
    if ((Number.parseInt(span.traceparent.slice(-2), 16) & SAMPLED) === 0) return;
    if (this.waiting.length >= MAX_WAITING) this.dropped++;
    else this.waiting.push(span);
    if (this.waiting.length === SENT_TOGETHER) this.sendSoon();
  }

  /** Sends what waits. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    this.sendSoon();
    await this.sending;
  }

  private sendSoon(): void {
    this.sending = this.sending.then(() => this.sendAll());
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const spans = this.waiting.splice(0, SENT_TOGETHER);
      await this.send(spans).catch((error: unknown) => {
        this.dropped += spans.length;
        this.logger.warn({ err: error, dropped: this.dropped }, 'traces could not be sent');
      });
    }
  }

  private async send(spans: Span[]): Promise<void> {
    const response = await fetch(new URL('/v1/traces', this.endpoint), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers },
      body: JSON.stringify(requestOf(this.service, spans)),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`the collector answered ${response.status}`);
  }
}

/** ExportTraceServiceRequest of OTLP 1, in its JSON encoding. */
function requestOf(service: string, spans: Span[]): object {
  const resource = { attributes: attributesOf({ 'service.name': service, 'service.namespace': 'wireroom' }) };
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'wireroom' }, spans: spans.map(spanOf) }] }] };
}

function spanOf({ traceparent, parent, name, kind, startedAt, endedAt, attributes, errorType }: Span): object {
  const [, traceId, spanId] = traceparent.split('-');
  return {
    traceId,
    spanId,
    parentSpanId: parent?.split('-')[2],
    name,
    kind: KINDS[kind],
    startTimeUnixNano: nanoseconds(startedAt),
    endTimeUnixNano: nanoseconds(endedAt),
    attributes: attributesOf({ ...attributes, 'error.type': errorType }),
    ...(errorType === undefined ? {} : { status: { code: STATUS_ERROR, message: errorType } }),
  };
}

function attributesOf(attributes: Span['attributes']): object[] {
  return Object.entries(attributes).flatMap(([key, value]) => {
    if (value === undefined) return [];
    return { key, value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value } };
  });
}

function nanoseconds(milliseconds: number): string {
  return String(BigInt(Math.round(milliseconds * 1000)) * 1000n);
}
