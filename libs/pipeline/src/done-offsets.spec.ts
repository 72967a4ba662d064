import { DoneOffsets } from './done-offsets.js';

describe('DoneOffsets', () => {
  it('names the offset after the last one done, once', () => {
    const done = new DoneOffsets();
    done.add(0, '41');
    done.add(0, '9007199254740993');
    expect(done.take(new Set([0]))).toEqual([{ partition: 0, offset: '9007199254740994' }]);
    expect(done.take(new Set([0]))).toEqual([]);
  });

  it('given a partition that is no longer held, then it is left to its holder', () => {
    const done = new DoneOffsets();
    done.add(0, '1');
    done.add(1, '1');
    expect(done.take(new Set([1]))).toEqual([{ partition: 1, offset: '2' }]);
    expect(done.take(new Set([0, 1]))).toEqual([]);
  });

  it('given a failed commit, then it is taken again unless more is done by then', () => {
    const done = new DoneOffsets();
    done.add(0, '1');
    done.add(1, '1');
    const taken = done.take(new Set([0, 1]));
    done.add(1, '7');
    done.putBack(taken);
    expect(done.take(new Set([0, 1]))).toEqual([
      { partition: 1, offset: '8' },
      { partition: 0, offset: '2' },
    ]);
  });
});
