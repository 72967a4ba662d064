import { Inject, Injectable } from '@nestjs/common';
import type { ApiTokenView, CreateTokenRequest, CreatedToken } from '@wireroom/contracts';
import { HttpFailure, MONGO } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { Connection, Model } from 'mongoose';
import { randomBytes } from 'node:crypto';
import type { ApiTokenDocument } from './access.schema.js';
import { digestOf, isSameSecret, newSecret } from './secrets.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;

/** API tokens: `<id>.<secret>`, of which the secret's digest alone is stored. */
@Injectable()
export class ApiTokens {
  private readonly tokens: Model<ApiTokenDocument>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.tokens = mongo.model<ApiTokenDocument>('ApiToken');
  }

  async list(): Promise<ApiTokenView[]> {
    const rows = await whileMongoIsThere(() => this.tokens.find().sort({ createdAt: -1 }).limit(10_000).lean());
    return rows.map(viewOf);
  }

  /** @returns the token with its secret, which can't be had again. */
  async create({ name, role, expiresInDays }: CreateTokenRequest, createdBy: string): Promise<CreatedToken> {
    const secret = newSecret();
    const createdAt = new Date();
    const token: ApiTokenDocument = {
      _id: randomBytes(9).toString('base64url'),
      digest: digestOf(secret),
      name,
      role,
      createdBy,
      createdAt,
      ...(expiresInDays === undefined ? {} : { expiresAt: new Date(createdAt.getTime() + expiresInDays * DAY_MS) }),
    };
    await whileMongoIsThere(() => this.tokens.create(token));
    return { ...viewOf(token), token: `${token._id}.${secret}` };
  }

  /** Safe to call twice. @throws HttpFailure 404 `not-found` */
  async revoke(id: string): Promise<ApiTokenView> {
    const now = new Date();
    const token = await whileMongoIsThere(() =>
      this.tokens
        .findOneAndUpdate({ _id: id }, [{ $set: { revokedAt: { $ifNull: ['$revokedAt', now] } } }], {
          returnDocument: 'after',
          updatePipeline: true,
        })
        .lean(),
    );
    if (!token) throw new HttpFailure(404, 'not-found', `no API token ${id}`);
    return viewOf(token);
  }

  /** The live token that a text is; undefined for any other text. Notes its use, once a minute. */
  async recognise(text: string): Promise<ApiTokenDocument | undefined> {
    const [id, secret, ...rest] = text.split('.');
    if (!id || !secret || rest.length > 0) return undefined;
    const token = await whileMongoIsThere(() => this.tokens.findById(id).lean());
    const now = new Date();
    if (!token || !isSameSecret(digestOf(secret), token.digest) || token.revokedAt) return undefined;
    if (token.expiresAt && token.expiresAt <= now) return undefined;
    if (!token.lastUsedAt || now.getTime() - token.lastUsedAt.getTime() > MINUTE_MS) {
      await whileMongoIsThere(() => this.tokens.updateOne({ _id: id }, { $set: { lastUsedAt: now } }));
    }
    return token;
  }
}

function viewOf(token: ApiTokenDocument): ApiTokenView {
  return {
    id: token._id,
    name: token.name,
    role: token.role,
    createdBy: token.createdBy,
    createdAt: token.createdAt.toISOString(),
    lastUsedAt: token.lastUsedAt?.toISOString(),
    expiresAt: token.expiresAt?.toISOString(),
    revokedAt: token.revokedAt?.toISOString(),
  };
}
