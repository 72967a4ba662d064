import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { CSRF_HEADER, ROLES, type Role, SESSION_COOKIE } from '@wireroom/contracts';
import { HttpFailure } from '@wireroom/pipeline';
import { parse } from 'cookie';
import { LEAST_ROLE } from './console-route.js';
import type { KnownRequest, Principal } from './principal.js';
import { refuseOtherSites } from './same-site.js';
import { isSameSecret } from './secrets.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';

const SAFE_METHODS = new Set(['GET', 'HEAD']);

/** Stands before every route: who calls, whether the role is enough, whether a change comes from the page itself. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<KnownRequest>();
    const needed = this.reflector.get<Role | 'anyone' | undefined>(LEAST_ROLE, context.getHandler());
    const isChange = !SAFE_METHODS.has(request.method);
    if (isChange) refuseOtherSites(request.headers, request.method !== 'DELETE');
    if (needed === 'anyone') return true;

    const principal = await this.identify(request);
    if (isChange) refuseForged(request, principal);
    if (needed === undefined || ROLES.indexOf(principal.role) < ROLES.indexOf(needed)) {
      throw new HttpFailure(
        403,
        'role-needed',
        `this needs the role ${needed ?? 'of nobody'}; yours is ${principal.role}`,
      );
    }
    request.principal = principal;
    return true;
  }

  /** A bearer token counts before a cookie. @throws HttpFailure 401 */
  private async identify({ headers }: KnownRequest): Promise<Principal> {
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    const cookie = parse(headers.cookie ?? '')[SESSION_COOKIE];
    const principal = bearer
      ? await this.signIn.bearer(bearer)
      : cookie
        ? await this.sessions.recognise(cookie)
        : undefined;
    if (principal) return principal;
    throw new HttpFailure(401, 'unauthorised', 'sign in, or send an API token as bearer', undefined, {
      'www-authenticate': 'Bearer',
    });
  }
}

/** A cookie comes along by itself; the token that only the page can read doesn't. */
function refuseForged({ headers }: KnownRequest, { session }: Principal): void {
  const given = headers[CSRF_HEADER];
  if (session === undefined || (typeof given === 'string' && isSameSecret(given, session.csrfToken))) return;
  throw new HttpFailure(403, 'csrf', 'the session’s X-CSRF-Token is missing or wrong');
}
