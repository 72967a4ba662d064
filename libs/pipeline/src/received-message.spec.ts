import { describe, expect, it } from '@jest/globals';
import { ContentIngested, ContractViolation } from '@wireroom/contracts';
import type { KafkaMessage } from 'kafkajs';
import { bytesMessage, ingestedMessage } from '../testing/fakes.js';
import { attributesOf, decode, nameOf, receive } from './received-message.js';

function kafkaMessage(headers?: KafkaMessage['headers']): KafkaMessage {
  return { key: null, value: null, timestamp: '0', attributes: 0, offset: '7', headers: headers ?? {} };
}

describe('receive', () => {
  it('given no headers at all, then there are none', () => {
    const { headers, place } = receive('wire', 2, { ...kafkaMessage(), headers: undefined as never });
    expect(headers).toEqual([]);
    expect(nameOf(place)).toBe('wire/2/7');
  });

  it('given a header twice, then it stays two, bytes untouched', () => {
    const bytes = Buffer.from([0xff, 0x00]);
    const { headers } = receive('wire', 0, kafkaMessage({ via: [bytes, 'quay'], unset: undefined }));
    expect(headers).toEqual([
      ['via', bytes],
      ['via', Buffer.from('quay')],
    ]);
  });
});

describe('attributesOf', () => {
  it('given CloudEvents headers in any case, then they are read, and what is missing is absent', () => {
    const message = receive('wire', 0, kafkaMessage({ CE_ID: 'e-1', ce_type: 'told', traceparent: '00-aa-bb-01' }));
    expect(attributesOf(message)).toMatchObject({ id: 'e-1', type: 'told', traceparent: '00-aa-bb-01' });
    expect(attributesOf(message).time).toBeUndefined();
  });

  it('given a header without end, then no more than 1000 characters are taken', () => {
    expect(attributesOf(receive('wire', 0, kafkaMessage({ ce_id: 'x'.repeat(5000) }))).id).toHaveLength(1000);
  });
});

describe('decode', () => {
  it('given a contract kept, then the event has its data and place', () => {
    const event = decode(ContentIngested, ingestedMessage(3, { revision: 2 }));
    expect(event).toMatchObject({ data: { revision: 2 }, place: { offset: '3' } });
  });

  it.each([
    ['nothing', null],
    ['no bytes', Buffer.alloc(0)],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['JSON cut short', Buffer.from('{"contentId":')],
    ['a list', Buffer.from('[1]')],
    ['a prototype', Buffer.from('{"__proto__":{"admin":true}}')],
  ])('given %s, then it is a contract violation', (_what, value) => {
    expect(() => decode(ContentIngested, bytesMessage(0, value))).toThrow(ContractViolation);
  });
});
