/** Why an input could not be read. Stable: other code decides on these, never on the message. */
export type IntakeErrorCode =
  | 'empty'
  | 'too-large'
  | 'too-deep'
  | 'entity-expansion'
  | 'malformed'
  | 'not-a-feed'
  | 'not-a-sitemap'
  | 'not-a-warc'
  | 'not-an-agency-document'
  | 'not-a-message'
  | 'not-a-mailbox'
  | 'unknown-kind';

/** The only error the parsers of this library throw for an input, whatever its bytes. */
export class IntakeError extends Error {
  override readonly name = 'IntakeError';

  constructor(
    readonly code: IntakeErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
