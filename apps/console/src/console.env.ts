import { ServiceEnv, int } from '@wireroom/platform';
import { IsInt, IsOptional, IsString, IsUrl, Max, Min, MinLength, ValidateIf } from 'class-validator';

const ADDRESS = { require_tld: false, require_protocol: true, protocols: ['http', 'https'] };

export class ConsoleEnv extends ServiceEnv {
  @IsUrl(ADDRESS, { message: 'INGEST_URL must be an http(s) address' })
  INGEST_URL!: string;

  @IsUrl(ADDRESS, { message: 'ENRICHMENT_URL must be an http(s) address' })
  ENRICHMENT_URL!: string;

  @IsUrl(ADDRESS, { message: 'PUBLISHING_URL must be an http(s) address' })
  PUBLISHING_URL!: string;

  /** Address people open the console at. With https its cookies are sent over https alone. */
  @IsUrl(ADDRESS, { message: 'CONSOLE_URL must be an http(s) address' })
  CONSOLE_URL: string = 'http://localhost:3004';

  /** Signs in once, as admin: the token of the address that `wireroom up` prints. */
  @IsOptional()
  @IsString()
  @MinLength(32)
  CONSOLE_ONE_TIME_TOKEN?: string;

  /** The organisation's identity provider (OpenID Connect); people sign in with it where it is set. */
  @IsOptional()
  @IsUrl(ADDRESS, { message: 'OIDC_ISSUER must be an http(s) address' })
  OIDC_ISSUER?: string;

  @ValidateIf((env: ConsoleEnv) => env.OIDC_ISSUER !== undefined)
  @IsString({ message: 'OIDC_CLIENT_ID must be set with OIDC_ISSUER' })
  OIDC_CLIENT_ID?: string;

  @IsOptional()
  @IsString()
  OIDC_CLIENT_SECRET?: string;

  @IsString()
  OIDC_SCOPE: string = 'openid profile email';

  /** The claim that names a person's role: `viewer`, `operator` or `admin`, alone or in a list. */
  @IsString()
  OIDC_ROLE_CLAIM: string = 'wireroom_role';

  /** How long a session lasts, hours. */
  @int()
  @IsInt()
  @Min(1)
  @Max(24 * 30)
  CONSOLE_SESSION_HOURS: number = 12;

  /** How long a revision may be under way before it is overdue, seconds; an alarm where no stage has anything to do. */
  @int()
  @IsInt()
  @Min(5)
  CONSOLE_OVERDUE_SECONDS: number = 300;
}
