import { describe, expect, it } from '@jest/globals';
import { IsInstant, IsTimestamp } from './timestamps.js';
import { validate } from './validate.js';

class Times {
  @IsTimestamp() timestamp!: string;
  @IsInstant() instant!: string;
}

const INSTANTS = [
  '2026-03-01T08:00Z',
  '2026-03-01T08:00:59Z',
  '2026-03-01T08:00:00.123456+05:30',
  '2026-03-01T08:00:00-0330',
  '2024-02-29T23:59:59Z',
];
const TIMESTAMPS = [...INSTANTS, '2026', '2026-03', '2026-03-01', '2026-03-01T08:00', '2026-03-01T08:00:00.5'];
const NEITHER = [
  '',
  ' 2026',
  '2026-13',
  '2026-02-29',
  '2026-04-31T08:00Z',
  '2026-03-01 08:00Z',
  '20260301T080000Z',
  '2026-W10-1',
  '2026-060',
  '2026-03-01T24:00Z',
  '2026-03-01T08:60Z',
  '2026-03-01T08Z',
  '2026-03-01T08:00:00,5Z',
  '2026-03-01T08:00:00+25:00',
  'today',
  20260301,
  null,
];

function fieldsAtFault(timestamp: unknown, instant: unknown): string[] {
  try {
    validate(Times, { timestamp, instant });
  } catch (error) {
    return (error as { faults: { field: string }[] }).faults.map(({ field }) => field);
  }
  return [];
}

describe('IsTimestamp', () => {
  it.each(TIMESTAMPS)('takes %j', (value) => expect(fieldsAtFault(value, INSTANTS[0])).toEqual([]));
  it.each(NEITHER)('refuses %j', (value) => expect(fieldsAtFault(value, INSTANTS[0])).toEqual(['timestamp']));
});

describe('IsInstant', () => {
  it.each(INSTANTS)('takes %j, which Date can read', (value) => {
    expect(fieldsAtFault('2026', value)).toEqual([]);
    expect(Date.parse(value)).not.toBeNaN();
  });
  it.each([...NEITHER, ...TIMESTAMPS.filter((value) => !INSTANTS.includes(value))])('refuses %j', (value) => {
    expect(fieldsAtFault('2026', value)).toEqual(['instant']);
  });
});
