import { keyOf, rowsOf } from './string-hash.js';

describe('hashes of strings', () => {
  it.each([
    ['a', 11901859001352538922n],
    ['apple', 8566208034543834098n],
    ['Zürich', 9452955988637137518n],
    ['abcdefgh', 17751780907874141760n],
    ['abcdefghi', 13885881106499164936n],
  ])('give %s the key that the recognizer was trained with', (text, key) => {
    expect(keyOf(text)).toBe(key);
  });

  it('spread a key over rows', () => {
    const all = 2 ** 32;
    expect(rowsOf(keyOf('apple'), 8, all)).toEqual([2653853934, 3922826080, 3980780901, 3736755472]);
    expect(rowsOf(5n, 8, all)).toEqual([1797445366, 4269458499, 548684401, 4256704101]);
    expect(rowsOf(5n, 8, 1000)).toEqual([366, 499, 401, 101]);
  });
});
