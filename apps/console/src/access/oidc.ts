import { Inject, Injectable } from '@nestjs/common';
import { ROLES, type Role } from '@wireroom/contracts';
import { HttpFailure, LOGGER, MONGO } from '@wireroom/pipeline';
import { type Logger, whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import * as openid from 'openid-client';
import { ConsoleEnv } from '../console.env.js';
import type { PendingSignInDocument } from './access.schema.js';
import type { Principal } from './principal.js';
import { digestOf, newSecret } from './secrets.js';

/** Where the provider sends people back to. */
export const OIDC_PATH = '/v1/session/oidc';
export const OIDC_CALLBACK_PATH = '/v1/session/oidc/callback';

const PENDING_MS = 10 * 60_000;

/** A sign-in that has begun: where the browser goes, and what it must bring back in its cookie. */
export interface BegunSignIn {
  address: string;
  cookie: string;
}

/**
 * Sign-in with the organisation's identity provider: OpenID Connect, authorization code flow with PKCE, state and
 * nonce. The role comes from a claim of the provider; without one nobody gets in.
 */
@Injectable()
export class Oidc {
  private readonly pending: Model<PendingSignInDocument>;
  private discovered: Promise<openid.Configuration> | undefined;

  constructor(
    @Inject(MONGO) mongo: Connection,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly env: ConsoleEnv,
  ) {
    this.pending = mongo.model<PendingSignInDocument>('PendingSignIn');
  }

  get isConfigured(): boolean {
    return this.env.OIDC_ISSUER !== undefined;
  }

  /** @throws HttpFailure 404 where none is configured, 503 where the provider doesn't answer */
  async begin(): Promise<BegunSignIn> {
    const provider = await this.provider();
    const cookie = newSecret();
    const verifier = openid.randomPKCECodeVerifier();
    const state = openid.randomState();
    const nonce = openid.randomNonce();
    const expiresAt = new Date(Date.now() + PENDING_MS);
    await whileMongoIsThere(() => this.pending.create({ _id: digestOf(cookie), verifier, state, nonce, expiresAt }));
    const address = openid.buildAuthorizationUrl(provider, {
      redirect_uri: this.callbackUrl.href,
      scope: this.env.OIDC_SCOPE,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    });
    return { address: address.href, cookie };
  }

  /**
   * Who the provider says has come back. What was begun can be ended once.
   *
   * @param query of the address the provider sent the browser to
   * @throws HttpFailure 401 `sign-in-failed`, 403 `no-role`
   */
  async end(query: string, cookie: string): Promise<Omit<Principal, 'session'>> {
    const begun = await whileMongoIsThere(() => this.pending.findByIdAndDelete(digestOf(cookie)).lean());
    if (!begun || begun.expiresAt < new Date()) throw failed('this sign-in was not begun here, or too long ago');
    const came = new URL(this.callbackUrl);
    came.search = query;
    const provider = await this.provider();
    const tokens = await openid
      .authorizationCodeGrant(provider, came, {
        pkceCodeVerifier: begun.verifier,
        expectedState: begun.state,
        expectedNonce: begun.nonce,
        idTokenExpected: true,
      })
      .catch((error: unknown) => {
        this.logger.warn({ err: error }, 'the identity provider’s answer was refused');
        throw failed('the identity provider’s answer was refused');
      });
    return this.principalOf(tokens.claims() ?? {});
  }

  private principalOf(claims: Record<string, unknown>): Omit<Principal, 'session'> {
    const role = highestRole(claims[this.env.OIDC_ROLE_CLAIM]);
    if (role === undefined) {
      throw new HttpFailure(403, 'no-role', `the claim ${this.env.OIDC_ROLE_CLAIM} names none of ${ROLES.join(', ')}`);
    }
    const name = [claims['email'], claims['preferred_username'], claims['sub']].find((one) => typeof one === 'string');
    return { actor: String(name), role, via: 'oidc' };
  }

  private get callbackUrl(): URL {
    return new URL(OIDC_CALLBACK_PATH, this.env.CONSOLE_URL);
  }

  /** Asked for once; again only where that failed. */
  private async provider(): Promise<openid.Configuration> {
    const { OIDC_ISSUER, OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET } = this.env;
    if (OIDC_ISSUER === undefined) throw new HttpFailure(404, 'not-found', 'no identity provider is configured');
    const issuer = new URL(OIDC_ISSUER);
    // A provider on this machine, for trying it out; any other has to speak TLS.
    const isLocal = issuer.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(issuer.hostname);
    this.discovered ??= openid.discovery(issuer, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, undefined, {
      execute: isLocal ? [openid.allowInsecureRequests] : [],
    });
    return this.discovered.catch((error: unknown) => {
      this.discovered = undefined;
      this.logger.error({ err: error }, 'the identity provider does not answer');
      throw new HttpFailure(503, 'unavailable', 'the identity provider does not answer');
    });
  }
}

/** A claim is one role or a list in which roles stand among other things. */
export function highestRole(claim: unknown): Role | undefined {
  const named = Array.isArray(claim) ? claim : [claim];
  return ROLES.findLast((role) => named.includes(role));
}

function failed(message: string): HttpFailure {
  return new HttpFailure(401, 'sign-in-failed', message);
}
