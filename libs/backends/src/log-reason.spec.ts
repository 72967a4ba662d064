import { describe, expect, it } from '@jest/globals';
import { reasonFromLog } from './log-reason.js';

describe('reasonFromLog', () => {
  it('finds the error in the JSON lines of MongoDB', () => {
    const log = [
      '{"s":"I","msg":"Starting up"}',
      '{"s":"E","msg":"Error setting up listener","attr":{"error":{"code":9001,"errmsg":"Address already in use"}}}',
      '{"s":"I","msg":"Now exiting"}',
    ].join('\n');
    expect(reasonFromLog(log)).toBe('Error setting up listener: Address already in use');
  });

  it('finds the error in the JSON lines of a service', () => {
    const log = [
      '{"level":"warn","msg":"slow","err":{"message":"the broker is away"}}',
      '{"level":"fatal","msg":"could not start","err":{"type":"ConfigError","message":"wire.json: off: must be an array"}}',
      '{"level":"info","msg":"bye"}',
    ].join('\n');
    expect(reasonFromLog(log)).toBe('could not start: wire.json: off: must be an array');
  });

  it('prefers the cause at the bottom of a Java error to the report on top', () => {
    const log = [
      '2026-01-01 ERROR KafkaServer: Exiting due to fatal exception',
      'java.io.IOException: No space left on device',
      '\tat java.base/sun.nio.ch.FileDispatcherImpl.write0(Native Method)',
      '2026-01-01 ERROR Exit: halting',
    ].join('\n');
    expect(reasonFromLog(log)).toBe('java.io.IOException: No space left on device');
  });

  it('falls back to the last line', () => {
    expect(reasonFromLog('one\nSegmentation fault.\n\n')).toBe('Segmentation fault');
  });

  it('says so when there is nothing', () => {
    expect(reasonFromLog('')).toBe('it left an empty log');
  });

  it('survives a line that was cut off', () => {
    expect(reasonFromLog('{"s":"E","msg":"Cut o')).toBe('{"s":"E","msg":"Cut o');
  });
});
