import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type IncomingHttpHeaders, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silent } from '../../testing/fakes.js';
import { type Span, SpanExporter } from './span-exporter.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const SPAN: Span = {
  traceparent: `00-${TRACE}-b7ad6b7169203331-01`,
  parent: `00-${TRACE}-00f067aa0ba902b7-01`,
  name: 'process content.ingested.v1',
  kind: 'consumer',
  startedAt: 1_775_000_000_000.25,
  endedAt: 1_775_000_000_010,
  attributes: { 'messaging.system': 'kafka', 'messaging.kafka.offset': 7, left: undefined },
};

let collector: Server;
let status: number;
let requests: { url?: string; headers: IncomingHttpHeaders; body: string }[];
let exporter: SpanExporter;

beforeEach(async () => {
  status = 200;
  requests = [];
  collector = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      requests.push({ url: request.url, headers: request.headers, body });
      response.writeHead(status).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  exporter = new SpanExporter('enrichment', `http://127.0.0.1:${port}`, { 'api-key': 'k' }, silent);
});

afterEach(async () => {
  await exporter.close();
  collector.closeAllConnections();
  collector.close();
});

describe('the exporter of spans', () => {
  it('sends OTLP as JSON to the collector’s path for traces, with the headers asked for', async () => {
    exporter.add(SPAN);
    await exporter.close();
    expect(requests).toMatchObject([
      { url: '/v1/traces', headers: { 'content-type': 'application/json', 'api-key': 'k' } },
    ]);
    expect(JSON.parse(requests[0]!.body)).toEqual({
      resourceSpans: [
        {
          resource: {
            attributes: [
              { key: 'service.name', value: { stringValue: 'enrichment' } },
              { key: 'service.namespace', value: { stringValue: 'wireroom' } },
            ],
          },
          scopeSpans: [
            {
              scope: { name: 'wireroom' },
              spans: [
                {
                  traceId: TRACE,
                  spanId: 'b7ad6b7169203331',
                  parentSpanId: '00f067aa0ba902b7',
                  name: 'process content.ingested.v1',
                  kind: 5,
                  startTimeUnixNano: '1775000000000250000',
                  endTimeUnixNano: '1775000000010000000',
                  attributes: [
                    { key: 'messaging.system', value: { stringValue: 'kafka' } },
                    { key: 'messaging.kafka.offset', value: { intValue: '7' } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('tells that a span failed, and why', async () => {
    exporter.add({ ...SPAN, errorType: 'undecodable' });
    await exporter.close();
    expect(requests[0]!.body).toContain('"status":{"code":2,"message":"undecodable"}');
    expect(requests[0]!.body).toContain('{"key":"error.type","value":{"stringValue":"undecodable"}}');
  });

  it('leaves out what its trace is not sampled for', async () => {
    exporter.add({ ...SPAN, traceparent: `00-${TRACE}-b7ad6b7169203331-00` });
    await exporter.close();
    expect(requests).toEqual([]);
  });

  it('sends many in batches', async () => {
    for (let n = 0; n < 1100; n++) exporter.add(SPAN);
    await exporter.close();
    expect(requests.map(({ body }) => body.split('"traceId"').length - 1)).toEqual([512, 512, 76]);
  });

  it('goes on after a collector that refuses', async () => {
    status = 503;
    exporter.add(SPAN);
    await exporter.close();
    status = 200;
    exporter.add(SPAN);
    await exporter.close();
    expect(requests).toHaveLength(2);
  });
});
