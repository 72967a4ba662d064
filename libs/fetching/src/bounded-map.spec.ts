import { describe, expect, it } from '@jest/globals';
import { BoundedMap } from './bounded-map.js';

describe('BoundedMap', () => {
  it('forgets what was used longest ago', () => {
    const map = new BoundedMap<number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3]);
  });

  it('weighs its values, and keeps the newest however heavy', () => {
    const map = new BoundedMap<string>(10, ({ length }) => length);
    map.set('a', 'four');
    map.set('b', 'five!');
    map.set('b', 'six six');
    expect(map.get('a')).toBeUndefined();
    map.set('c', 'eleven now!');
    expect([map.size, map.get('c')]).toEqual([1, 'eleven now!']);
  });
});
