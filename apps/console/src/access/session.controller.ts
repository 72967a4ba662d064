import { Body, Controller, Req, Res } from '@nestjs/common';
import {
  CONSOLE_ROUTES,
  type SessionAnswer,
  type SignInOptions,
  SignInRequest,
  type SignOutAnswer,
} from '@wireroom/contracts';
import { ContractPipe } from '@wireroom/pipeline';
import type { Request, Response } from 'express';
import { Audit } from '../audit/audit.js';
import { ConsoleRoute } from './console-route.js';
import { OIDC_PATH, Oidc } from './oidc.js';
import { Caller, type Principal } from './principal.js';
import { SessionCookies } from './session-cookies.js';
import { Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { SignInLimit } from './sign-in-limit.js';

/** Signing in and out. */
@Controller()
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly limit: SignInLimit,
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly oidc: Oidc,
    private readonly audit: Audit,
  ) {}

  @ConsoleRoute(CONSOLE_ROUTES.signInOptions)
  options(): SignInOptions {
    return this.oidc.isConfigured ? { oidcPath: OIDC_PATH } : {};
  }

  @ConsoleRoute(CONSOLE_ROUTES.signIn)
  async open(
    @Body(new ContractPipe(SignInRequest)) { token }: SignInRequest,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionAnswer> {
    const { principal, cookie } = await this.limit.watch(request.ip ?? '', () => this.signIn.withToken(token));
    await this.audit.note(principal, 'session.sign-in');
    this.cookies.set(response, cookie, principal);
    return answerOf(principal);
  }

  @ConsoleRoute(CONSOLE_ROUTES.session)
  show(@Caller() caller: Principal): SessionAnswer {
    return answerOf(caller);
  }

  @ConsoleRoute(CONSOLE_ROUTES.signOut)
  async close(@Caller() caller: Principal, @Res({ passthrough: true }) response: Response): Promise<SignOutAnswer> {
    if (caller.session) await this.sessions.end(caller.session.id);
    this.cookies.clear(response);
    return { signedOut: caller.session !== undefined };
  }
}

function answerOf({ actor, role, via, session }: Principal): SessionAnswer {
  return { actor, role, via, csrfToken: session?.csrfToken, expiresAt: session?.expiresAt.toISOString() };
}
