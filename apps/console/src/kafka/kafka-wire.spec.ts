import { describe, expect, it } from '@jest/globals';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** What kafka-wire.ts calls, beside what a broker answers, which the end-to-end tests hold it against. */
const CALLED = {
  'kafkajs/src/cluster/index.js': [
    'connect',
    'disconnect',
    'addMultipleTargetTopics',
    'findBroker',
    'findLeaderForPartitions',
    'findGroupCoordinator',
    'getNodeIds',
  ],
  'kafkajs/src/broker/index.js': ['fetch', 'offsetCommit'],
  'kafkajs/src/network/connectionPool.js': ['send'],
  'kafkajs/src/protocol/encoder.js': ['writeInt32'],
  'kafkajs/src/protocol/decoder.js': ['readInt16', 'readInt32', 'readInt64', 'readBoolean', 'readString', 'readArray'],
};

describe('the inside of kafkajs that is used here (ADR 18)', () => {
  it('is of the version that was read', () => {
    const { version } = require('kafkajs/package.json') as { version: string };
    const { dependencies } = require('../../package.json') as { dependencies: Record<string, string> };
    expect([version, dependencies['kafkajs']]).toEqual(['2.2.4', '2.2.4']);
  });

  it.each(Object.entries(CALLED))('%s has what is called', (module, methods) => {
    const { prototype } = require(module) as { prototype: Record<string, unknown> };
    expect(methods.filter((method) => typeof prototype[method] !== 'function')).toEqual([]);
  });

  it('makes sockets', () => {
    const socketFactory = require('kafkajs/src/network/socketFactory.js') as () => unknown;
    expect(typeof socketFactory()).toBe('function');
  });
});
