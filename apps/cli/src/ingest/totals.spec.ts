import { hasFailures, noTotals, totalsLine } from './totals.js';

describe('totals', () => {
  it('leaves out what is nought', () => {
    expect(totalsLine({ ...noTotals(), sent: 3, accepted: 2, deadLettered: 1 })).toBe(
      '3 sent: 2 accepted, 1 dead-lettered',
    );
    expect(totalsLine(noTotals())).toBe('0 sent');
  });

  it('counts a skip as no failure', () => {
    expect(hasFailures({ ...noTotals(), skipped: 4, duplicate: 1 })).toBe(false);
    expect(hasFailures({ ...noTotals(), unfinished: 1 })).toBe(true);
  });
});
