import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { Role, SignInWay } from '@wireroom/contracts';
import type { Request } from 'express';

/** Who a request comes from. */
export interface Principal {
  actor: string;
  role: Role;
  via: SignInWay;
  /** Absent for callers with a bearer token. */
  session?: { id: string; csrfToken: string; expiresAt: Date };
}

/** A request that has passed the guard. */
export type KnownRequest = Request & { principal?: Principal };

/** The principal, as an argument of a route. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<KnownRequest>();
  if (!principal) throw new Error('a route that anyone may call has no caller');
  return principal;
});
