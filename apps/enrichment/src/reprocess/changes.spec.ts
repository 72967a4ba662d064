import { describe, expect, it } from '@jest/globals';
import { changesBetween } from './changes.js';

describe('changesBetween', () => {
  it('names the smallest values that differ', () => {
    const before = { topics: [{ label: 'sport', score: 1 }], language: { code: 'en' } };
    const after = { topics: [{ label: 'politics', score: 1 }], language: { code: 'en' }, 'a/b': 1 };
    expect(changesBetween(before, after, '/enrichment')).toEqual([
      { field: '/enrichment/topics/0/label', before: '"sport"', after: '"politics"' },
      { field: '/enrichment/a~1b', after: '1' },
    ]);
  });

  it('shows a list of another length as a whole, and a value that went', () => {
    expect(changesBetween({ a: [1, 2], b: true }, { a: [1] })).toEqual([
      { field: '/a', before: '[1,2]', after: '[1]' },
      { field: '/b', before: 'true' },
    ]);
  });

  it('finds nothing in what only stands in another order of fields', () => {
    expect(changesBetween({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 })).toEqual([]);
  });

  it('cuts long values and long lists of changes', () => {
    const [change] = changesBetween({ a: 'x'.repeat(5000) }, { a: '' });
    expect(change!.before!.length).toBeLessThan(2100);
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`f${at}`, at]));
    expect(changesBetween(many, {})).toHaveLength(200);
  });
});
