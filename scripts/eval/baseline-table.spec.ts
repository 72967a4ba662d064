import { baselineTables } from './baseline-table.mjs';

describe('baselineTables', () => {
  it('puts our figures first and measures that others have too before those of ours alone', () => {
    const ours = { news: { pages: 10, bodyF1: 0.97, failed: 0 }, flat: { bodyF1: 0.8 } };
    const others = { 'another tool': { news: { bodyF1: 0.95 } } };
    expect(baselineTables(ours, others)).toEqual([
      {
        set: 'news',
        rows: { wireroom: ours.news, 'another tool': { bodyF1: 0.95 } },
        measures: ['bodyF1', 'pages', 'failed'],
      },
      { set: 'flat', rows: { wireroom: ours.flat }, measures: ['bodyF1'] },
    ]);
  });
});
