import { describe, expect, it } from '@jest/globals';
import { type ContentSubmittedData, ContractViolation } from '@wireroom/contracts';
import { PermanentError } from '@wireroom/pipeline';
import { type Submission, acceptsMediaType, requestHashOf, toSubmission } from './submission.js';

function submissionOf(data: Partial<ContentSubmittedData>, maxBytes = 1000): Submission {
  const submitted = { source: 'harbour-news', externalId: 'ferry-1', contentType: 'text/plain', ...data };
  return toSubmission(submitted, { receivedAt: new Date('2026-04-18T18:00:00Z') }, maxBytes);
}

describe('toSubmission', () => {
  it('given a text under any charset label, then it is stored and labelled as UTF-8', () => {
    const { original, contentType } = submissionOf({
      body: 'Fähre',
      contentType: 'text/html; Charset="iso-8859-1"; a=b',
    });
    expect(original).toEqual(Buffer.from('Fähre', 'utf8'));
    expect(contentType).toBe('text/html; a=b; charset=utf-8');
  });

  it('given bytes, then they and their label are kept as they are', () => {
    const bytes = Buffer.from([0x46, 0xe4, 0x68, 0x72, 0x65]);
    const { original, contentType } = submissionOf({
      bodyBase64: bytes.toString('base64'),
      contentType: 'text/plain; charset=iso-8859-1',
    });
    expect(original).toEqual(bytes);
    expect(contentType).toBe('text/plain; charset=iso-8859-1');
  });

  it('given a retraction without text, then the original is empty', () => {
    const { original, kind } = submissionOf({ kind: 'retraction', contentType: undefined });
    expect([original.length, kind]).toEqual([0, 'retraction']);
  });

  it('given a lone surrogate, then it is refused, since no bytes stand for it', () => {
    expect(() => submissionOf({ body: 'a\ud800b' })).toThrow(ContractViolation);
  });

  it('given the largest size, then a byte more is too large, counted in bytes and not in characters', () => {
    expect(submissionOf({ body: 'ä'.repeat(5) }, 10).original).toHaveLength(10);
    expect(() => submissionOf({ body: 'ä'.repeat(5) }, 9)).toThrow(PermanentError);
  });

  it('given the same story as an update, then it asks for the same; another text does not', () => {
    const hashes = [{ body: 'a' }, { body: 'a', kind: 'update' as const }, { body: 'b' }].map((data) =>
      requestHashOf(submissionOf(data)),
    );
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  it('given no trace, then one is begun; given one, then it is continued', () => {
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const arrival = { receivedAt: new Date(), traceparent: `00-${trace}-b7ad6b7169203331-01` };
    const data = { source: 'harbour-news', externalId: 'ferry-1', contentType: 'text/plain', body: 'a' };
    expect(toSubmission(data, arrival, 10).traceparent).toContain(trace);
    expect(submissionOf({ body: 'a' }).traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });
});

describe('acceptsMediaType', () => {
  it.each([
    'text/html; charset=utf-8',
    'text/plain',
    'application/xhtml+xml',
    'application/newsml+xml',
    'application/json',
    undefined,
  ])('given %s, then it can hold an article', (type) => expect(acceptsMediaType(type)).toBe(true));

  it.each(['image/png', 'application/pdf', 'application/octet-stream', 'video/mp4', 'application/zip'])(
    'given %s, then it cannot',
    (type) => expect(acceptsMediaType(type)).toBe(false),
  );
});
