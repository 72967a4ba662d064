import type { Role, SignInWay } from '@wireroom/contracts';
import { Schema } from 'mongoose';

/** A signed-in page. Its id is the digest of what the cookie holds. */
export interface SessionDocument {
  _id: string;
  actor: string;
  role: Role;
  via: SignInWay;
  csrfToken: string;
  /** The API token it was opened with: taken back with it. */
  tokenId?: string;
  createdAt: Date;
  expiresAt: Date;
}

export const sessionSchema: Schema<SessionDocument> = new Schema<SessionDocument>(
  {
    _id: { type: String, required: true },
    actor: { type: String, required: true },
    role: { type: String, required: true },
    via: { type: String, required: true },
    csrfToken: { type: String, required: true },
    tokenId: String,
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'sessions', strict: 'throw', versionKey: false },
);
sessionSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
sessionSchema.index({ tokenId: 1 });

/** An API token, without its secret. */
export interface ApiTokenDocument {
  _id: string;
  digest: string;
  name: string;
  role: Role;
  createdBy: string;
  createdAt: Date;
  lastUsedAt?: Date;
  expiresAt?: Date;
  revokedAt?: Date;
}

export const apiTokenSchema: Schema<ApiTokenDocument> = new Schema<ApiTokenDocument>(
  {
    _id: { type: String, required: true },
    digest: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    lastUsedAt: Date,
    expiresAt: Date,
    revokedAt: Date,
  },
  { collection: 'api_tokens', strict: 'throw', versionKey: false },
);
apiTokenSchema.index({ createdAt: -1 });

/** A one-time token that has been used, by its digest. */
export interface UsedTokenDocument {
  _id: string;
  at: Date;
}

export const usedTokenSchema: Schema<UsedTokenDocument> = new Schema<UsedTokenDocument>(
  { _id: { type: String, required: true }, at: { type: Date, required: true } },
  { collection: 'used_tokens', strict: 'throw', versionKey: false },
);

/** A sign-in that has gone to the identity provider. Its id is the digest of what the browser's cookie holds. */
export interface PendingSignInDocument {
  _id: string;
  verifier: string;
  state: string;
  nonce: string;
  expiresAt: Date;
}

export const pendingSignInSchema: Schema<PendingSignInDocument> = new Schema<PendingSignInDocument>(
  {
    _id: { type: String, required: true },
    verifier: { type: String, required: true },
    state: { type: String, required: true },
    nonce: { type: String, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'pending_sign_ins', strict: 'throw', versionKey: false },
);
pendingSignInSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
