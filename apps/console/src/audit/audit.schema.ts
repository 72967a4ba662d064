import type { Role, SignInWay } from '@wireroom/contracts';
import { Schema, type Types } from 'mongoose';

/** One attempt at an action. Inserted before it, completed once after it, never changed or deleted otherwise. */
export interface AuditDocument {
  _id: Types.ObjectId;
  requestId: string;
  /** 1 for the first; a request is tried again only where an earlier attempt failed or its end is unknown. */
  attempt: number;
  at: Date;
  actor: string;
  role: Role;
  via: SignInWay;
  action: string;
  target?: string;
  reason?: string;
  /** As JSON. */
  request: string;
  endedAt?: Date;
  result?: 'done' | 'failed';
  /** As JSON: what the same request is answered with again. */
  answer?: string;
  code?: string;
  message?: string;
}

export const auditSchema: Schema<AuditDocument> = new Schema<AuditDocument>(
  {
    requestId: { type: String, required: true },
    attempt: { type: Number, required: true },
    at: { type: Date, required: true },
    actor: { type: String, required: true },
    role: { type: String, required: true },
    via: { type: String, required: true },
    action: { type: String, required: true },
    target: String,
    reason: String,
    request: { type: String, required: true },
    endedAt: Date,
    result: String,
    answer: String,
    code: String,
    message: String,
  },
  { collection: 'audit', strict: 'throw', versionKey: false },
);
auditSchema.index({ requestId: 1, attempt: -1 }, { unique: true });
auditSchema.index({ at: -1, _id: -1 });
auditSchema.index({ actor: 1, at: -1, _id: -1 });
auditSchema.index({ action: 1, at: -1, _id: -1 });
