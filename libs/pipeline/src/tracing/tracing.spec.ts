import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StageDocument } from '../stage-document.js';
import { ingestedMessage, silent } from '../../testing/fakes.js';
import { type Span, SpanExporter } from './span-exporter.js';
import { Tracing } from './tracing.js';

const HEARD = '00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01';
const OWN = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const PLACE = { topic: 'content.enriched.v1', partition: 2, offset: '5' };

class FakeExporter extends SpanExporter {
  readonly spans: Span[] = [];

  constructor() {
    super('enrichment', 'http://127.0.0.1:9', {}, silent);
  }

  override add(span: Span): void {
    this.spans.push(span);
  }
}

let exporter: FakeExporter;
let tracing: Tracing;

beforeEach(() => {
  exporter = new FakeExporter();
  tracing = new Tracing(exporter);
});

function message(traceparent?: string): ReturnType<typeof ingestedMessage> {
  const headers: [string, Buffer][] = [['ce_id', Buffer.from('event-1')]];
  if (traceparent) headers.push(['traceparent', Buffer.from(traceparent)]);
  return { ...ingestedMessage(7), headers };
}

describe('the spans of a stage', () => {
  it('go from the event it heard to the trace it says on', () => {
    tracing.processed([{ message: message(HEARD), ending: 'done', traceparent: OWN }], 'wireroom-enrichment', 1000);
    expect(exporter.spans).toMatchObject([
      {
        traceparent: OWN,
        parent: HEARD,
        name: 'process content.ingested.v1',
        kind: 'consumer',
        startedAt: 1000,
        attributes: { 'messaging.kafka.offset': 7, 'messaging.message.id': 'event-1', 'wireroom.outcome': 'done' },
      },
    ]);
    expect(exporter.spans[0]!.errorType).toBeUndefined();
  });

  it('of a dead letter carry its code', () => {
    tracing.processed([{ message: message(HEARD), ending: 'dead-lettered', code: 'undecodable' }], 'g', 0);
    expect(exporter.spans).toMatchObject([{ parent: HEARD, errorType: 'undecodable' }]);
  });

  it('are none for a message without a trace', () => {
    tracing.processed([{ message: message(), ending: 'done' }], 'g', 0);
    expect(exporter.spans).toEqual([]);
  });

  it('tell of each event said, and of what came in by HTTP', () => {
    const stored = { traceparent: OWN, eventId: 'event-2', storedAt: new Date(500) } as StageDocument;
    tracing.said([stored, { ...stored, heard: PLACE }], [PLACE, PLACE], 1000);
    expect(exporter.spans.map(({ name, parent }) => [name, parent])).toEqual([
      ['accept content', undefined],
      ['send content.enriched.v1', OWN],
      ['send content.enriched.v1', OWN],
    ]);
    expect(exporter.spans[0]).toMatchObject({ traceparent: OWN, kind: 'server', startedAt: 500 });
  });

  it('are not made where nobody collects them', () => {
    const nobody = new Tracing();
    expect(() => {
      nobody.processed([{ message: message(HEARD), ending: 'done' }], 'g', 0);
      nobody.said([], [], 0);
    }).not.toThrow();
  });
});
