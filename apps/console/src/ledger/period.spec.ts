import { describe, expect, it } from '@jest/globals';
import { ContractViolation } from '@wireroom/contracts';
import { periodOf } from './period.js';

const NOW = new Date('2026-03-02T08:00:30Z');

describe('the period of a request', () => {
  it('is widened to whole minutes', () => {
    expect(periodOf({ from: '2026-03-01T07:59:59+01:00', to: '2026-03-01T08:00:01Z' }, NOW)).toEqual({
      from: new Date('2026-03-01T06:59:00Z'),
      to: new Date('2026-03-01T08:01:00Z'),
    });
  });

  it('is the last day where nothing is said', () => {
    expect(periodOf({}, NOW)).toEqual({ from: new Date('2026-03-01T08:01:00Z'), to: new Date('2026-03-02T08:01:00Z') });
  });

  it('must not end before it begins', () => {
    const backwards = (): unknown => periodOf({ from: '2026-03-02T08:00:00Z', to: '2026-03-01T08:00:00Z' }, NOW);
    expect(backwards).toThrow(ContractViolation);
    expect(backwards).toThrow('from: must be before to');
  });
});
