import { describe, expect, it } from '@jest/globals';
import { IsBooleanString, IsInt, IsString, Min, MinLength } from 'class-validator';
import { EnvError, int, list, loadEnv } from './load-env.js';
import { ServiceEnv } from './service.env.js';

class SmallEnv {
  @IsString() NAME!: string;
  @MinLength(16) TOKEN: string = 'a-token-of-enough-letters';
  @int() @IsInt() @Min(1) COUNT: number = 3;
  @list() @IsString({ each: true }) PLACES: string[] = ['quay'];
  @IsBooleanString() DRY_RUN: string = 'true';
}

function faultsOf(from: NodeJS.ProcessEnv): string {
  try {
    loadEnv(SmallEnv, from);
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  return 'none';
}

describe('loadEnv', () => {
  it('given only what is required, then the rest is at its default', () => {
    expect(loadEnv(SmallEnv, { NAME: 'oster' })).toMatchObject({ NAME: 'oster', COUNT: 3, PLACES: ['quay'] });
  });

  it('given texts, then numbers and lists are read from them', () => {
    const env = loadEnv(SmallEnv, { NAME: 'oster', COUNT: '12', PLACES: ' quay, , lock ' });
    expect(env).toMatchObject({ COUNT: 12, PLACES: ['quay', 'lock'] });
  });

  it('given several faults, then every one is named and no value is shown', () => {
    const faults = faultsOf({ TOKEN: 'hunter2', COUNT: '0x10' });
    expect(faults).toMatch(/NAME/);
    expect(faults).toMatch(/TOKEN/);
    expect(faults).toMatch(/COUNT/);
    expect(faults).not.toMatch(/hunter2|0x10/);
  });

  it.each(['', undefined])('given %j, then the variable counts as unset', (value) => {
    expect(loadEnv(SmallEnv, { NAME: 'oster', COUNT: value }).COUNT).toBe(3);
    expect(faultsOf({ NAME: value })).toMatch(/NAME/);
  });

  it('given "false", then it is not true', () => {
    expect(loadEnv(SmallEnv, { NAME: 'oster', DRY_RUN: 'false' }).DRY_RUN).toBe('false');
  });

  it.each(['1.5', '1e3', 'ten', ' 7', '-1'])('given COUNT=%j, then it is a fault', (value) => {
    expect(faultsOf({ NAME: 'oster', COUNT: value })).toMatch(/COUNT/);
  });
});

describe('ServiceEnv', () => {
  const least = { KAFKA_BROKERS: 'one:9092,two:9092', MONGODB_URI: 'mongodb://localhost' };

  it('given the least, then it is usable and listens on this machine alone', () => {
    const env = loadEnv(ServiceEnv, least);
    expect(env).toMatchObject({ KAFKA_BROKERS: ['one:9092', 'two:9092'], HOST: '127.0.0.1' });
    expect(env.opsNeedToken).toBe(false);
  });

  it('given a host beyond this machine or a token, then operators need the token', () => {
    expect(loadEnv(ServiceEnv, { ...least, HOST: '0.0.0.0' }).opsNeedToken).toBe(true);
    expect(loadEnv(ServiceEnv, { ...least, OPS_TOKEN: 'sixteen-letters-or-more' }).opsNeedToken).toBe(true);
  });

  it('given no broker, then KAFKA_BROKERS is a fault', () => {
    expect(() => loadEnv(ServiceEnv, { ...least, KAFKA_BROKERS: ' , ' })).toThrow(/KAFKA_BROKERS/);
  });
});
