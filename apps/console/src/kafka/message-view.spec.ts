import { describe, expect, it } from '@jest/globals';
import type { FetchedRecord } from './kafka-wire.js';
import { messageView } from './message-view.js';

function viewOf(record: Partial<FetchedRecord>, options?: { isWhole?: boolean }): ReturnType<typeof messageView> {
  const empty = {
    magicByte: 2,
    offset: '7',
    timestamp: '1775000000000',
    key: null,
    value: null,
    isControlRecord: false,
  };
  return messageView('a.topic.v1', { partition: 3, record: { ...empty, ...record } }, options);
}

describe('a message as it is shown', () => {
  it('has its place, time, key and headers', () => {
    const view = viewOf({ key: Buffer.from('k'), headers: { ce_type: Buffer.from('t'), raw: [Buffer.from([255])] } });
    expect(view).toMatchObject({
      topic: 'a.topic.v1',
      partition: 3,
      offset: '7',
      time: '2026-03-31T23:33:20.000Z',
      key: 'k',
    });
    expect(view.headers).toEqual([
      { name: 'ce_type', text: 't', valueBase64: 'dA==' },
      { name: 'raw', text: undefined, valueBase64: '/w==' },
    ]);
  });

  it('of a tombstone has no value', () => {
    const view = viewOf({ value: null });
    expect([view.valueBytes, view.text, view.valueBase64, view.isCut]).toEqual([
      undefined,
      undefined,
      undefined,
      false,
    ]);
  });

  it('is cut between two characters, never within one', () => {
    const view = viewOf({ value: Buffer.from(`a${'ü'.repeat(2000)}`) });
    expect(view).toMatchObject({ isCut: true, valueBytes: 4001, text: `a${'ü'.repeat(999)}` });
  });

  it('is base64 where it is not text', () => {
    expect(viewOf({ value: Buffer.from([0, 255, 254]) })).toMatchObject({ valueBase64: 'AP/+', isCut: false });
    expect(viewOf({ value: Buffer.alloc(3000, 255) })).toMatchObject({ isCut: true, valueBytes: 3000 });
  });

  it('is whole when it is asked for alone', () => {
    const value = Buffer.from('x'.repeat(5000));
    const view = viewOf({ value }, { isWhole: true });
    expect([view.isCut, view.text?.length, view.valueBase64]).toEqual([false, 5000, value.toString('base64')]);
  });
});
