import { describe, expect, it } from '@jest/globals';
import { afterCursor, cursorOf } from './paging.js';

describe('a cursor', () => {
  it('goes on after the time and the id it was made of', () => {
    const at = new Date('2026-03-01T08:00:00.123Z');
    expect(afterCursor('at', cursorOf(at, 'b/2'), String)).toEqual({
      $or: [{ at: { $lt: at } }, { at, _id: { $lt: 'b/2' } }],
    });
  });

  it.each(['', 'x', '../..', 'eyIkZ3QiOiIifQ', Buffer.from('2026-99-99 x').toString('base64url')])(
    'is not %j',
    (text) => {
      expect(() => afterCursor('at', text, String)).toThrow('cursor: must be the nextCursor of the page before');
    },
  );

  it('is not one whose id is of another kind', () => {
    const refuse = (): never => {
      throw new Error('not that kind');
    };
    expect(() => afterCursor('at', cursorOf(new Date(0), 'x'), refuse)).toThrow('cursor');
  });
});
