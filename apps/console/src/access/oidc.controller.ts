import { Controller, Get, Req, Res } from '@nestjs/common';
import { failureOf } from '@wireroom/pipeline';
import { parse } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { Audit } from '../audit/audit.js';
import { ConsoleEnv } from '../console.env.js';
import { NeedsRole } from './console-route.js';
import { OIDC_CALLBACK_PATH, OIDC_PATH, Oidc } from './oidc.js';
import { SessionCookies } from './session-cookies.js';
import { Sessions } from './sessions.js';

const COOKIE = 'wireroom_sign_in';

/** The two addresses that a browser passes through on its way to the identity provider and back. */
@Controller()
export class OidcController {
  constructor(
    private readonly oidc: Oidc,
    private readonly sessions: Sessions,
    private readonly cookies: SessionCookies,
    private readonly audit: Audit,
    private readonly env: ConsoleEnv,
  ) {}

  @Get(OIDC_PATH)
  @NeedsRole('anyone')
  async begin(@Res() response: Response): Promise<void> {
    const { address, cookie } = await this.oidc.begin();
    response.cookie(COOKIE, cookie, this.cookieOptions()).redirect(address);
  }

  /** Comes from the provider's site, so the page reads what went wrong from its own address. */
  @Get(OIDC_CALLBACK_PATH)
  @NeedsRole('anyone')
  async end(@Req() request: Request, @Res() response: Response): Promise<void> {
    response.clearCookie(COOKIE, this.cookieOptions());
    try {
      const query = new URL(request.originalUrl, this.env.CONSOLE_URL).search;
      const who = await this.oidc.end(query, parse(request.headers.cookie ?? '')[COOKIE] ?? '');
      const { principal, cookie } = await this.sessions.open(who);
      await this.audit.note(principal, 'session.sign-in');
      this.cookies.set(response, cookie, principal);
      response.redirect('/');
    } catch (error) {
      response.redirect(`/?signInFailed=${encodeURIComponent(failureOf(error).code)}`);
    }
  }

  /** Lax, as the provider's site leads back here. */
  private cookieOptions(): CookieOptions {
    return { ...this.cookies.options, sameSite: 'lax', path: OIDC_PATH };
  }
}
