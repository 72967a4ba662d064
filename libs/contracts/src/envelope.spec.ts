import { describe, expect, it } from '@jest/globals';
import { toMessage } from './envelope.js';
import { ContentSubmitted } from './events/content-submitted.v1.js';

const ATTRIBUTES = {
  id: '0b0f5a0e-5d5c-5c3e-8f53-3f3c52cbd001',
  source: 'urn:wireroom:producer:harbour-news',
  subject: '7d9a5f7e-63a1-5f0e-9d43-b1a1a6f2c002',
  time: '2026-03-01T08:00:00.000Z',
};
const DATA = { source: 'harbour-news', externalId: 'hn-1', contentType: 'text/plain', body: 'Größe: 7 m' };

describe('toMessage', () => {
  it('puts the attributes of CloudEvents 1.0 into headers, as its Kafka binding says', () => {
    expect(toMessage(ContentSubmitted, ATTRIBUTES, DATA).headers).toEqual({
      ce_specversion: '1.0',
      ce_id: ATTRIBUTES.id,
      ce_type: 'wireroom.content.submitted.v1',
      ce_source: ATTRIBUTES.source,
      ce_subject: ATTRIBUTES.subject,
      ce_time: ATTRIBUTES.time,
      'content-type': 'application/json',
    });
  });

  it('is keyed by its subject and holds the data alone, in UTF-8', () => {
    const { key, value } = toMessage(ContentSubmitted, ATTRIBUTES, DATA);
    expect(key).toBe(ATTRIBUTES.subject);
    expect(JSON.parse(value.toString('utf8'))).toEqual(DATA);
  });

  it('carries the trace where there is one', () => {
    const traceparent = '00-4a1f0c2be6d94f05b8e2a90f7d1c3e55-7be1d0a94c2f6083-01';
    expect(toMessage(ContentSubmitted, { ...ATTRIBUTES, traceparent }, DATA).headers.traceparent).toBe(traceparent);
  });

  it('gives the same bytes for the same arguments', () => {
    expect(toMessage(ContentSubmitted, ATTRIBUTES, DATA)).toEqual(toMessage(ContentSubmitted, ATTRIBUTES, DATA));
  });
});
