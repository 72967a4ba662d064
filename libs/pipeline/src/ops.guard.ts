import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ServiceEnv } from '@wireroom/platform';
import type { Request } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpFailure } from './http-failure.js';

/** Operators' routes: open on this machine alone, else by bearer token. Digests are compared, in constant time. */
@Injectable()
export class OpsGuard implements CanActivate {
  constructor(private readonly env: ServiceEnv) {}

  canActivate(context: ExecutionContext): boolean {
    if (!this.env.opsNeedToken) return true;
    const { authorization } = context.switchToHttp().getRequest<Request>().headers;
    const given = authorization?.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : '';
    if (this.env.OPS_TOKEN !== undefined && timingSafeEqual(digest(given), digest(this.env.OPS_TOKEN))) return true;
    throw new HttpFailure(401, 'unauthorised', 'this route needs the operators’ bearer token', undefined, {
      'www-authenticate': 'Bearer',
    });
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
