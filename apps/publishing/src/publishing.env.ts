import { ServiceEnv, int } from '@wireroom/platform';
import { IsInt, IsUrl, Max, MaxLength, IsString, Min } from 'class-validator';

export class PublishingEnv extends ServiceEnv {
  /** Address readers use, for the links in feeds. */
  @IsUrl({ require_tld: false, protocols: ['http', 'https'] }, { message: 'PUBLIC_URL must be an http(s) address' })
  PUBLIC_URL: string = 'http://localhost:3003';

  @IsString()
  @MaxLength(200)
  FEED_TITLE: string = 'Wireroom';

  /** Articles in a feed. */
  @int()
  @IsInt()
  @Min(1)
  @Max(500)
  FEED_LENGTH: number = 50;

  /** Readers of the stream at once; more are answered 503. */
  @int()
  @IsInt()
  @Min(1)
  STREAM_MAX_READERS: number = 500;

  /** PUBLIC_URL without a trailing slash. */
  get publicBase(): string {
    return this.PUBLIC_URL.replace(/\/$/, '');
  }
}
