import { IsBoolean, IsIn, IsInt, IsString, Max, MaxLength, Min, MinLength } from 'class-validator';
import { NestedList } from '../../nested.js';
import { Optional } from '../../optional.js';
import { IsTimestamp } from '../../timestamps.js';
import { ROLES, type Role } from '../route.js';
import { ConsoleAction } from './action.js';

export const SESSION_COOKIE = 'wireroom_session';
/** Header that a page sends the session's token in, with every change. */
export const CSRF_HEADER = 'x-csrf-token';

export const SIGN_IN_WAYS = ['one-time-token', 'api-token', 'ops-token', 'oidc'] as const;
export type SignInWay = (typeof SIGN_IN_WAYS)[number];

/** Signs in with the one-time token that `wireroom up` prints, or with an API token. */
export class SignInRequest {
  @IsString() @MinLength(1) @MaxLength(300) token!: string;
}

/** Who the caller is to the console. */
export class SessionAnswer {
  @IsString() actor!: string;
  @IsIn(ROLES) role!: Role;
  @IsIn(SIGN_IN_WAYS) via!: SignInWay;
  /** To be sent as `X-CSRF-Token` with every change; absent for callers with a bearer token, who need none. */
  @Optional() @IsString() csrfToken?: string;
  @Optional() @IsTimestamp() expiresAt?: string;
}

export class SignOutAnswer {
  @IsBoolean() signedOut!: boolean;
}

/** How one can sign in here. */
export class SignInOptions {
  /** Path that starts the sign-in with the organisation's identity provider; absent where none is configured. */
  @Optional() @IsString() oidcPath?: string;
}

/** Access for a program or a person, for `Authorization: Bearer` or to sign in with. */
export class CreateTokenRequest extends ConsoleAction {
  @IsString() @MinLength(1) @MaxLength(100) name!: string;
  @IsIn(ROLES) role!: Role;
  @Optional() @IsInt() @Min(1) @Max(3650) expiresInDays?: number;
}

/** An API token without its secret. */
export class ApiTokenView {
  @IsString() id!: string;
  @IsString() name!: string;
  @IsIn(ROLES) role!: Role;
  @IsString() createdBy!: string;
  @IsTimestamp() createdAt!: string;
  /** To the minute. */
  @Optional() @IsTimestamp() lastUsedAt?: string;
  @Optional() @IsTimestamp() expiresAt?: string;
  @Optional() @IsTimestamp() revokedAt?: string;
}

/** The only time that the secret is shown. */
export class CreatedToken extends ApiTokenView {
  /** `<id>.<secret>` */
  @IsString() token!: string;
}

export class TokensAnswer {
  @NestedList(() => ApiTokenView, 10_000) tokens!: ApiTokenView[];
}
