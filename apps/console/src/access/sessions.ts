import { Inject, Injectable } from '@nestjs/common';
import { MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import { ConsoleEnv } from '../console.env.js';
import type { SessionDocument } from './access.schema.js';
import type { Principal } from './principal.js';
import { digestOf, newSecret } from './secrets.js';

const HOUR_MS = 60 * 60 * 1000;

/** Sessions of signed-in pages, kept where a restart doesn't end them. */
@Injectable()
export class Sessions {
  private readonly sessions: Model<SessionDocument>;

  constructor(
    @Inject(MONGO) mongo: Connection,
    private readonly env: ConsoleEnv,
  ) {
    this.sessions = mongo.model<SessionDocument>('Session');
  }

  /** @returns the principal with its session, and what the cookie is to hold. */
  async open(who: Omit<Principal, 'session'>, tokenId?: string): Promise<{ principal: Principal; cookie: string }> {
    const cookie = newSecret();
    const createdAt = new Date();
    const session: SessionDocument = {
      _id: digestOf(cookie),
      actor: who.actor,
      role: who.role,
      via: who.via,
      csrfToken: newSecret(),
      ...(tokenId === undefined ? {} : { tokenId }),
      createdAt,
      expiresAt: new Date(createdAt.getTime() + this.env.CONSOLE_SESSION_HOURS * HOUR_MS),
    };
    await whileMongoIsThere(() => this.sessions.create(session));
    return { principal: principalOf(session), cookie };
  }

  /** Who a cookie stands for; undefined when it stands for nobody, or its time is over. */
  async recognise(cookie: string): Promise<Principal | undefined> {
    const session = await whileMongoIsThere(() => this.sessions.findById(digestOf(cookie)).lean());
    return session && session.expiresAt > new Date() ? principalOf(session) : undefined;
  }

  async end(id: string): Promise<void> {
    await whileMongoIsThere(() => this.sessions.deleteOne({ _id: id }));
  }

  async endAllOf(tokenId: string): Promise<void> {
    await whileMongoIsThere(() => this.sessions.deleteMany({ tokenId: { $eq: tokenId } }));
  }
}

function principalOf({ _id, actor, role, via, csrfToken, expiresAt }: SessionDocument): Principal {
  return { actor, role, via, session: { id: _id, csrfToken, expiresAt } };
}
