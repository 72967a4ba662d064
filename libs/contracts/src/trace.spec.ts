import { describe, expect, it } from '@jest/globals';
import { continueTrace, traceIdOf } from './trace.js';

const TRACE = '4a1f0c2be6d94f05b8e2a90f7d1c3e55';
const PARENT = `00-${TRACE}-7be1d0a94c2f6083-01`;

describe('continueTrace', () => {
  it('makes a new span in the same trace, with the same flags', () => {
    for (const flags of ['00', '01', 'ff']) {
      const child = continueTrace(`00-${TRACE}-7be1d0a94c2f6083-${flags}`);
      expect(child).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-${flags}$`));
      expect(child).not.toContain('7be1d0a94c2f6083');
    }
  });

  it('begins a sampled trace where there is none', () => {
    const first = continueTrace();
    expect(first).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(continueTrace()).not.toBe(first);
  });

  it.each([
    '',
    'x',
    PARENT.toUpperCase(),
    `01-${TRACE}-7be1d0a94c2f6083-01`,
    `00-${'0'.repeat(32)}-7be1d0a94c2f6083-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `${PARENT}-extra`,
    `${PARENT}\r\nx: y`,
  ])('begins a new trace rather than go on with %j', (parent) => {
    const begun = continueTrace(parent);
    expect(begun).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(begun).not.toContain(TRACE);
  });
});

describe('traceIdOf', () => {
  it('reads the trace id', () => {
    expect(traceIdOf(PARENT)).toBe(TRACE);
  });

  it.each([undefined, '', 'x', `${PARENT} `])('has none for %j', (traceparent) => {
    expect(traceIdOf(traceparent)).toBeUndefined();
  });
});
