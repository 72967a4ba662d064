import { IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { NestedList } from '../../nested.js';
import { Optional } from '../../optional.js';
import { QueryNumber } from '../../query-numbers.js';
import { IsInstant, IsTimestamp } from '../../timestamps.js';
import { ROLES, type Role } from '../route.js';
import { SIGN_IN_WAYS, type SignInWay } from './session.js';

export const AUDIT_RESULTS = ['done', 'failed', 'under-way', 'unknown'] as const;
export type AuditResult = (typeof AUDIT_RESULTS)[number];

/** Newest first. All fields narrow. */
export class ListAuditRequest {
  @Optional() @IsString() @MaxLength(200) actor?: string;
  /** Such as `dead-letters.replay`. */
  @Optional() @IsString() @MaxLength(100) action?: string;
  @Optional() @IsInstant() from?: string;
  @Optional() @IsInstant() to?: string;
  @Optional() @QueryNumber() @IsInt() @Min(1) @Max(200) limit?: number;
  @Optional() @IsString() @MaxLength(200) cursor?: string;
}

/** Who did what, when, why, and what came of it. Written before the action and completed after it, never changed. */
export class AuditEntry {
  /** The request's own id. */
  @IsString() id!: string;
  @IsTimestamp() at!: string;
  @IsString() actor!: string;
  @IsIn(ROLES) role!: Role;
  @IsIn(SIGN_IN_WAYS) via!: SignInWay;
  @IsString() action!: string;
  /** What it was done to. */
  @Optional() @IsString() target?: string;
  @Optional() @IsString() reason?: string;
  /** The request as JSON, without secrets, cut at 10,000 characters. */
  @IsString() request!: string;
  /** `unknown`: the console went down before it could tell. */
  @IsIn(AUDIT_RESULTS) result!: AuditResult;
  @Optional() @IsTimestamp() endedAt?: string;
  /** The answer as JSON, without secrets, cut at 10,000 characters. */
  @Optional() @IsString() answer?: string;
  /** Code and sentence of the failure. */
  @Optional() @IsString() code?: string;
  @Optional() @IsString() message?: string;
}

export class AuditPage {
  @NestedList(() => AuditEntry, 200) entries!: AuditEntry[];
  @Optional() @IsString() nextCursor?: string;
}
