import type { Progress } from './judge.js';
import { progressLine, summaryOf, wireTable } from './wire-table.js';

const published: Progress = {
  name: 'ferry',
  revision: 1,
  marks: { ingest: 'done', enrichment: 'done', publishing: 'done' },
  times: { ingest: 4, enrichment: 12_345, publishing: 7 },
  outcome: 'published',
  headline: 'Ferry late again',
};
const onItsWay: Progress = {
  name: 'storm',
  marks: { ingest: 'done', enrichment: 'waiting', publishing: 'waiting' },
  times: { ingest: 3 },
};
const wrong: Progress = { ...published, name: 'frost', outcome: 'dead letter (empty)', fault: 'dead letter at enrichment' };

describe('the table of samples', () => {
  it('shows those that were sent, with marks and times', () => {
    const text = wireTable([published, onItsWay, undefined]);
    expect(text.split('\n')).toHaveLength(3);
    expect(text).toMatch(/ferry +4 ms ✓ +12\.3 s ✓ +7 ms ✓ +published +Ferry late again/);
    expect(text).toMatch(/storm +3 ms ✓ +… +…/);
  });
});

describe('progressLine', () => {
  it('tells an ended sample, and whether it was here before', () => {
    expect(progressLine(published)).toMatch(/^✓ ferry +published \(ingest 4 ms, enrichment 12\.3 s, publishing 7 ms\)/);
    expect(progressLine({ ...published, isKnown: true })).toMatch(/published, already here/);
    expect(progressLine(wrong)).toMatch(/^✗ .*NOT AS EXPECTED: dead letter at enrichment/);
  });
});

describe('summaryOf', () => {
  it('counts how they ended and how many are not as they must be', () => {
    expect(summaryOf([published, published], 1.25)).toBe('2 samples in 1.3 s: 2 published; all as expected');
    expect(summaryOf([published, onItsWay, wrong], 2)).toBe(
      '3 samples in 2.0 s: 1 published, 1 not ended, 1 dead letter; 2 not as expected',
    );
  });
});
