import { describe, expect, it } from '@jest/globals';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { envWith } from '../testing/fakes.js';
import { HttpFailure } from './http-failure.js';
import { OpsGuard } from './ops.guard.js';

const TOKEN = 'lighthouse-keeper-42';

function ask(settings: Parameters<typeof envWith>[0], authorization?: string): boolean {
  return new OpsGuard(envWith(settings)).canActivate(new ExecutionContextHost([{ headers: { authorization } }]));
}

describe('OpsGuard', () => {
  it('given a service of this machine alone without a token, then everyone may', () => {
    expect(ask({})).toBe(true);
  });

  it('given the right token, then one may', () => {
    expect(ask({ OPS_TOKEN: TOKEN }, `Bearer ${TOKEN}`)).toBe(true);
  });

  it.each([undefined, '', TOKEN, `Basic ${TOKEN}`, 'Bearer ', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`])(
    'given %j, then it is 401 and never an error of another kind',
    (authorization) => {
      expect(() => ask({ OPS_TOKEN: TOKEN }, authorization)).toThrow(HttpFailure);
      expect(() => ask({ OPS_TOKEN: TOKEN }, authorization)).toThrow(expect.objectContaining({ status: 401 }));
    },
  );

  it('given a service beyond this machine without a token, then nobody may', () => {
    expect(() => ask({ HOST: '0.0.0.0' }, 'Bearer undefined')).toThrow(expect.objectContaining({ status: 401 }));
    expect(() => ask({ HOST: '0.0.0.0' }, 'Bearer ')).toThrow(HttpFailure);
  });
});
