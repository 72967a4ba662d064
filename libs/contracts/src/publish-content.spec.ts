import { describe, expect, it } from '@jest/globals';
import { ContentSubmittedData } from './events/content-submitted.v1.js';
import { contentIdOf } from './identity.js';
import { type ContentProducer, publishContent } from './publish-content.js';
import { decodeJson } from './validate.js';

type Sent = Parameters<ContentProducer['send']>[0];

const SUBMISSION = { source: 'harbour-news', externalId: 'hn-1', contentType: 'text/plain', body: 'Tide tables' };

function recorder(): { sent: Sent[]; producer: ContentProducer } {
  const sent: Sent[] = [];
  return { sent, producer: { send: async (record) => void sent.push(record) } };
}

describe('publishContent', () => {
  it('sends the submission to its topic, acknowledged by all, keyed by the id it resolves with', async () => {
    const { sent, producer } = recorder();
    const { contentId } = await publishContent(producer, SUBMISSION);
    expect(contentId).toBe(contentIdOf(SUBMISSION));
    expect(sent).toMatchObject([{ topic: 'content.submitted.v1', acks: -1, messages: [{ key: contentId }] }]);
  });

  it('sends what ingest can decode, as an event of the producer', async () => {
    const { sent, producer } = recorder();
    await publishContent(producer, SUBMISSION);
    const [message] = sent[0]!.messages;
    expect({ ...decodeJson(ContentSubmittedData, message!.value) }).toEqual(SUBMISSION);
    expect(message!.headers).toMatchObject({ ce_source: 'urn:wireroom:producer:harbour-news' });
    expect(Date.parse(message!.headers.ce_time!)).not.toBeNaN();
  });

  it('keeps revisions of an item on one key and gives each event its own id', async () => {
    const { sent, producer } = recorder();
    await publishContent(producer, SUBMISSION);
    await publishContent(producer, { ...SUBMISSION, kind: 'correction', body: 'Tide tables, corrected' });
    const [first, second] = sent.map(({ messages }) => messages[0]!);
    expect(second!.key).toBe(first!.key);
    expect(second!.headers.ce_id).not.toBe(first!.headers.ce_id);
  });

  it('goes on with the trace of its caller', async () => {
    const { sent, producer } = recorder();
    await publishContent(producer, SUBMISSION, {
      traceparent: '00-4a1f0c2be6d94f05b8e2a90f7d1c3e55-7be1d0a94c2f6083-01',
    });
    expect(sent[0]!.messages[0]!.headers.traceparent).toContain('4a1f0c2be6d94f05b8e2a90f7d1c3e55');
  });

  it('refuses before anything is sent', async () => {
    const { sent, producer } = recorder();
    await expect(publishContent(producer, { ...SUBMISSION, source: '' })).rejects.toMatchObject({
      code: 'contract-violation',
      faults: expect.arrayContaining([expect.objectContaining({ field: 'source' })]),
    });
    expect(sent).toEqual([]);
  });

  it('hands on that the broker did not take it', async () => {
    const producer: ContentProducer = { send: () => Promise.reject(new Error('no leader')) };
    await expect(publishContent(producer, SUBMISSION)).rejects.toThrow('no leader');
  });
});
