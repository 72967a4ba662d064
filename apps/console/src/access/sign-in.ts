import { Inject, Injectable } from '@nestjs/common';
import { HttpFailure, MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import { ConsoleEnv } from '../console.env.js';
import type { UsedTokenDocument } from './access.schema.js';
import { ApiTokens } from './api-tokens.js';
import type { Principal } from './principal.js';
import { digestOf, isSameSecret } from './secrets.js';
import { Sessions } from './sessions.js';

const DUPLICATE_KEY = 11000;

/** Tells who holds a token: as a bearer with each request, or once, to open a session. */
@Injectable()
export class SignIn {
  private readonly usedTokens: Model<UsedTokenDocument>;

  constructor(
    @Inject(MONGO) mongo: Connection,
    private readonly env: ConsoleEnv,
    private readonly apiTokens: ApiTokens,
    private readonly sessions: Sessions,
  ) {
    this.usedTokens = mongo.model<UsedTokenDocument>('UsedToken');
  }

  /** The holder of a bearer token; undefined for a token that is none. */
  async bearer(token: string): Promise<Principal | undefined> {
    return this.opsToken(token) ?? (await this.apiToken(token))?.principal;
  }

  /** Opens a session. @throws HttpFailure 401 `unauthorised` */
  async withToken(token: string): Promise<{ principal: Principal; cookie: string }> {
    const ops = this.opsToken(token);
    if (ops) return this.sessions.open(ops);
    if (await this.useOneTimeToken(token)) {
      return this.sessions.open({ actor: 'local operator', role: 'admin', via: 'one-time-token' });
    }
    const known = await this.apiToken(token);
    if (known) return this.sessions.open(known.principal, known.id);
    throw new HttpFailure(401, 'unauthorised', 'this token is not known, was used before, or is no longer valid');
  }

  private opsToken(token: string): Principal | undefined {
    const { OPS_TOKEN } = this.env;
    if (OPS_TOKEN === undefined || !isSameSecret(token, OPS_TOKEN)) return undefined;
    return { actor: 'ops token', role: 'admin', via: 'ops-token' };
  }

  private async apiToken(token: string): Promise<{ id: string; principal: Principal } | undefined> {
    const known = await this.apiTokens.recognise(token);
    return known && { id: known._id, principal: { actor: known.name, role: known.role, via: 'api-token' } };
  }

  /** Whether this is the one-time token and was not used before; then it is used now. */
  private async useOneTimeToken(token: string): Promise<boolean> {
    const { CONSOLE_ONE_TIME_TOKEN } = this.env;
    if (CONSOLE_ONE_TIME_TOKEN === undefined || !isSameSecret(token, CONSOLE_ONE_TIME_TOKEN)) return false;
    try {
      await whileMongoIsThere(() => this.usedTokens.create({ _id: digestOf(token), at: new Date() }));
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === DUPLICATE_KEY) return false;
      throw error;
    }
  }
}
