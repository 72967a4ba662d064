import { describe, expect, it } from '@jest/globals';
import { parseBroker, parseBrokers } from './kafka-probe.js';

describe('broker addresses', () => {
  it('come as a list with commas', () => {
    expect(parseBrokers(' a:9092, b:9093,,')).toEqual(['a:9092', 'b:9093']);
    expect(parseBrokers('')).toEqual([]);
  });

  it.each([
    ['localhost', { host: 'localhost', port: 9092 }],
    ['10.0.0.1:29092', { host: '10.0.0.1', port: 29092 }],
    ['[::1]:9093', { host: '::1', port: 9093 }],
  ])('are read from %s', (broker, address) => {
    expect(parseBroker(broker)).toEqual(address);
  });
});
