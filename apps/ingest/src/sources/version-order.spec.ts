import { describe, expect, it } from '@jest/globals';
import { isNewerVersion } from './version-order.js';

describe('isNewerVersion', () => {
  it.each([
    ['10', '9', true],
    ['9', '10', false],
    ['3', '3', false],
    [' 4', '3', true],
    ['2026-03-02T10:00:00Z', '2026-03-02T09:59:00Z', true],
    ['1.10', '1.9', true],
    ['1', undefined, true],
  ])('given %s after %s, then %s', (version, known, newer) => expect(isNewerVersion(version, known)).toBe(newer));
});
