import { describe, expect, it } from '@jest/globals';
import { ContractViolation } from '@wireroom/contracts';
import { StreamPosition } from './stream-position.js';

describe('StreamPosition', () => {
  it('given a position, then its text gives it back', () => {
    expect(StreamPosition.parse(StreamPosition.of([12, 0, 7]).toString(), 3).toString()).toBe('12.0.7');
  });

  it.each(['', '12', '12.0', '12.0.7.1', '12.0.-7', '12.0.x', '12..7', '1e3.0.7', '12.0.9999999999999999'])(
    'given %j for three partitions, then it is refused',
    (text) => expect(() => StreamPosition.parse(text, 3)).toThrow(ContractViolation),
  );

  it('given an event at its place, then it is ahead until it has been taken', () => {
    const before = StreamPosition.of([5, 5]);
    const after = before.after(1, 5);
    expect([before.isAhead(1, 5), before.isAhead(1, 4), after.isAhead(1, 5), after.isAhead(1, 6)]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(before.toString()).toBe('5.5');
  });

  it('given an older event, then the position does not go back', () => {
    expect(StreamPosition.of([5]).after(0, 2).toString()).toBe('5');
  });

  it('given a partition it has not heard of, then everything there is ahead', () => {
    expect(StreamPosition.of([5]).isAhead(1, 0)).toBe(true);
  });
});
