import { describe, expect, it } from '@jest/globals';
import { discoveredAtOf } from './remember-item.js';
import type { SourceItem } from './source.schema.js';

const now = new Date('2026-03-01T10:00:00Z');
const earlier = new Date('2026-03-01T08:00:00Z');
const known = (changes: Partial<SourceItem>): SourceItem => ({ takenAt: earlier, ...changes }) as SourceItem;

describe('discoveredAtOf', () => {
  it('given an item never seen, then it is discovered by this poll', () => {
    expect(discoveredAtOf({ now }, undefined)).toBe(now);
  });

  it('given one whose page could not be had so far, then an earlier poll discovered it', () => {
    expect(discoveredAtOf({ now }, known({ state: 'pending' }))).toBe(earlier);
  });

  it.each<[string, Partial<SourceItem>]>([
    ['that is out', { state: 'taken', textDigest: 'd' }],
    ['that is out and whose change could not be had', { state: 'pending', textDigest: 'd' }],
  ])('given one %s, then its change is discovered by this poll', (_, changes) => {
    expect(discoveredAtOf({ now }, known(changes))).toBe(now);
  });
});
