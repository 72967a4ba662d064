import { describe, expect, it } from '@jest/globals';
import { NotFoundException } from '@nestjs/common';
import { ContractViolation } from '@wireroom/contracts';
import { UnavailableError } from '@wireroom/platform';
import { HttpFailure, failureOf } from './http-failure.js';

describe('failureOf', () => {
  it.each([
    [new HttpFailure(409, 'key-reused', 'again'), 409, 'key-reused'],
    [new ContractViolation([{ field: 'url', reason: 'is no address' }]), 400, 'contract-violation'],
    [new UnavailableError('mongodb'), 503, 'unavailable'],
    [Object.assign(new Error('big'), { type: 'entity.too.large', status: 413 }), 413, 'too-large'],
    [Object.assign(new SyntaxError('json'), { type: 'entity.parse.failed', status: 400 }), 400, 'contract-violation'],
    [Object.assign(new Error('latin'), { type: 'charset.unsupported', status: 415 }), 415, 'unsupported-media-type'],
    [Object.assign(new Error('gzip'), { type: 'request.aborted', status: 400 }), 400, 'bad-request'],
    [new NotFoundException(), 404, 'http-error'],
    [new TypeError('a bug'), 500, 'unexpected'],
  ])('given %s, then it is %s %s', (error, status, code) => {
    expect(failureOf(error)).toMatchObject({ status, code });
  });

  it('given a contract violation, then every fault is told', () => {
    const faults = [{ field: 'url', reason: 'is no address' }];
    expect(failureOf(new ContractViolation(faults)).faults).toEqual(faults);
  });

  it('given a server that is away, then the client is told when to come again', () => {
    expect(failureOf(new UnavailableError('mongodb')).headers).toEqual({ 'retry-after': '5' });
  });

  it('given an unplanned error, then nothing of its inside is told', () => {
    expect(failureOf(new Error('password=canary at /srv/app')).message).not.toMatch(/canary|srv/);
  });

  it.each([null, undefined, 'a text'])('given %j thrown, then it is an unexpected error', (thrown) => {
    expect(failureOf(thrown)).toMatchObject({ status: 500, code: 'unexpected' });
  });
});
