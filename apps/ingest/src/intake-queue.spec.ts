import { describe, expect, it } from '@jest/globals';
import { nextGroup } from './intake-queue.js';
import type { Submission } from './submission.js';

const MEGABYTE = 1024 * 1024;

function waiting(...contentIds: string[]): { name: string; submission: Submission }[] {
  return contentIds.map((contentId, at) => ({ name: `${contentId}${at}`, submission: submissionOf(contentId, 100) }));
}

function submissionOf(contentId: string, bytes: number): Submission {
  return { contentId, original: Buffer.alloc(bytes) } as unknown as Submission;
}

function namesOf(some: { name: string }[]): string[] {
  return some.map(({ name }) => name);
}

describe('nextGroup', () => {
  it('given two submissions of one item, then the later one waits for the write of the earlier, in its order', () => {
    const { group, rest } = nextGroup(waiting('a', 'b', 'a', 'a', 'c'));
    expect(namesOf(group)).toEqual(['a0', 'b1', 'c4']);
    expect(namesOf(rest)).toEqual(['a2', 'a3']);
    expect(namesOf(nextGroup(rest).group)).toEqual(['a2']);
  });

  it('given more than a write takes, then what has waited longest goes first', () => {
    const many = waiting(...Array.from({ length: 300 }, (_, at) => `item-${at}-`));
    const { group, rest } = nextGroup(many);
    expect(group).toEqual(many.slice(0, 256));
    expect(rest).toEqual(many.slice(256));
  });

  it('given a group that is full, then what was put off stays before what came later', () => {
    const many = waiting('a', 'a', ...Array.from({ length: 300 }, (_, at) => `item-${at}-`));
    const { rest } = nextGroup(many);
    expect(namesOf(rest).slice(0, 2)).toEqual(['a1', 'item-255-257']);
  });

  it('given large originals, then a group holds eight megabytes, or the one that is larger', () => {
    const large = ['a', 'b', 'c'].map((contentId) => ({ submission: submissionOf(contentId, 5 * MEGABYTE) }));
    expect(nextGroup(large).group).toHaveLength(1);
    expect(nextGroup([{ submission: submissionOf('a', 20 * MEGABYTE) }, ...large]).group).toHaveLength(1);
    expect(nextGroup([])).toEqual({ group: [], rest: [] });
  });
});
