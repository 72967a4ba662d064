import {
  IsBase64,
  IsIn,
  IsString,
  IsUrl,
  Matches,
  MaxLength,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { defineEvent } from '../define-event.js';
import { Optional } from '../optional.js';
import { IsInstant } from '../timestamps.js';

/** What a revision does to the story. A retraction ("kill") takes it back. */
export const CONTENT_KINDS = ['original', 'update', 'correction', 'retraction'] as const;
export type ContentKind = (typeof CONTENT_KINDS)[number];

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(\s*;\s*[\w!#$&^.+-]+=("[^"\r\n]*"|[\w!#$&^.+-]+))*$/;
const METADATA_LIMITS = { keys: 50, keyLength: 200, textLength: 2000 };

/**
 * Content handed in by a producer, over HTTP or on the topic. Either `externalId` or `url` names the item
 * within its source; either `body` (text) or `bodyBase64` (any bytes) holds it; a retraction needs neither.
 */
export class ContentSubmittedData {
  /** Who sends it: a stable name such as `harbour-news`. */
  @IsSourceName()
  source!: string;

  /** The source's own id for the item; wins over `url` for its identity. */
  @ValidateIf((data: ContentSubmittedData) => data.externalId !== undefined || data.url === undefined)
  @MaxLength(1000)
  @MinLength(1, { message: 'externalId or url must be given' })
  @IsString({ message: 'externalId or url must be given, as a string' })
  externalId?: string;

  @Optional()
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false, max_allowed_length: 4096 })
  url?: string;

  /** Media type with parameters: `text/html; charset=utf-8`, `text/plain`. */
  @ValidateIf((data: ContentSubmittedData) => data.kind !== 'retraction' || data.contentType !== undefined)
  @Matches(MEDIA_TYPE, { message: 'contentType must be a media type such as text/html; charset=utf-8' })
  @MaxLength(200)
  @IsString()
  contentType?: string;

  @ValidateIf((data: ContentSubmittedData) => data.body !== undefined || needsBody(data))
  @ExactlyOneBody()
  @MinLength(1, { message: 'body must not be empty' })
  @IsString({ message: 'body or bodyBase64 must be given, as a string' })
  body?: string;

  @Optional()
  @MinLength(1, { message: 'bodyBase64 must not be empty' })
  @IsBase64()
  bodyBase64?: string;

  /** When the source published it, with zone. */
  @Optional()
  @IsInstant()
  publishedAt?: string;

  @Optional()
  @IsIn(CONTENT_KINDS)
  kind?: ContentKind;

  /** Free words of the producer, kept with the item: at most 50 keys with texts of at most 2,000 characters. */
  @Optional()
  @IsMetadata()
  metadata?: Record<string, string>;
}

export const ContentSubmitted = defineEvent({
  topic: 'content.submitted.v1',
  type: 'wireroom.content.submitted.v1',
  data: ContentSubmittedData,
  title: 'Content submitted',
  description: 'A producer hands in content. The door for producers who speak Kafka; open to the outside.',
});

/** Who news comes from: a stable name of at most 100 characters. */
export function IsSourceName(): PropertyDecorator {
  const message = '$property must start with a letter or digit and hold only letters, digits, ".", "_", ":" and "-"';
  const rules = [Matches(/^[A-Za-z0-9][A-Za-z0-9._:-]*$/, { message }), MaxLength(100), IsString()];
  return (target, property) => rules.toReversed().forEach((rule) => rule(target, property));
}

function needsBody(data: ContentSubmittedData): boolean {
  return data.bodyBase64 === undefined && data.kind !== 'retraction';
}

function ExactlyOneBody(): PropertyDecorator {
  return ValidateBy({
    name: 'exactlyOneBody',
    validator: {
      validate: (_value, args) => (args?.object as ContentSubmittedData).bodyBase64 === undefined,
      defaultMessage: () => 'body and bodyBase64 must not both be given',
    },
  });
}

/** A flat record of strings, bounded in count and length. */
export function IsMetadata(): PropertyDecorator {
  return ValidateBy({
    name: 'isMetadata',
    constraints: [METADATA_LIMITS],
    validator: {
      validate: (value: unknown) => {
        if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
        const entries = Object.entries(value);
        return (
          entries.length <= METADATA_LIMITS.keys &&
          entries.every(
            ([key, text]) =>
              key.length <= METADATA_LIMITS.keyLength &&
              typeof text === 'string' &&
              text.length <= METADATA_LIMITS.textLength,
          )
        );
      },
      defaultMessage: () =>
        `metadata must be an object of at most ${METADATA_LIMITS.keys} keys with texts of at most ${METADATA_LIMITS.textLength} characters`,
    },
  });
}
