import { Injectable } from '@nestjs/common';
import { SESSION_COOKIE } from '@wireroom/contracts';
import type { CookieOptions, Response } from 'express';
import { ConsoleEnv } from '../console.env.js';
import type { Principal } from './principal.js';

/** The cookie that holds a session: out of reach of scripts, and not sent along from other sites. */
@Injectable()
export class SessionCookies {
  readonly options: CookieOptions;

  constructor({ CONSOLE_URL }: ConsoleEnv) {
    this.options = { httpOnly: true, sameSite: 'strict', path: '/', secure: CONSOLE_URL.startsWith('https:') };
  }

  set(response: Response, cookie: string, { session }: Principal): void {
    response.cookie(SESSION_COOKIE, cookie, { ...this.options, expires: session?.expiresAt });
  }

  clear(response: Response): void {
    response.clearCookie(SESSION_COOKIE, this.options);
  }
}
