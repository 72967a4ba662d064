import { unpack } from './message-pack.mjs';

const read = (...bytes: number[]): unknown => unpack(Uint8Array.from(bytes));

describe('a MessagePack message', () => {
  it.each<[string, unknown, number[]]>([
    ['nothing', null, [0xc0]],
    ['truth', [false, true], [0x92, 0xc2, 0xc3]],
    ['a small number', 7, [0x07]],
    ['a small negative number', -1, [0xff]],
    ['a number of two bytes', 0x1234, [0xcd, 0x12, 0x34]],
    ['a negative number of one byte', -128, [0xd0, 0x80]],
    ['a number of eight bytes', 2n ** 63n, [0xcf, 0x80, 0, 0, 0, 0, 0, 0, 0]],
    ['a fraction', 0.5, [0xca, 0x3f, 0, 0, 0]],
    ['a short string', 'é', [0xa2, 0xc3, 0xa9]],
    ['a longer string', 'ab', [0xd9, 2, 0x61, 0x62]],
    ['bytes', Uint8Array.of(1, 2), [0xc4, 2, 1, 2]],
    ['a list', [1, [2]], [0xdc, 0, 2, 1, 0x91, 2]],
    [
      'a map',
      new Map<unknown, unknown>([
        ['a', 1],
        [2, 'b'],
      ]),
      [0x82, 0xa1, 0x61, 1, 2, 0xa1, 0x62],
    ],
    ['a map with keys of bytes', new Map([['a', 1]]), [0xde, 0, 1, 0xc4, 1, 0x61, 1]],
  ])('says %s', (_, value, bytes) => {
    expect(read(...bytes)).toEqual(value);
  });

  it('is refused where it breaks off, goes on or says what is not known', () => {
    expect(() => read(0x92, 1)).toThrow('it breaks off');
    expect(() => read(1, 2)).toThrow('it goes on after its end');
    expect(() => read(0xc1)).toThrow('0xc1 at 0');
  });
});
