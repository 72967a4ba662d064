/**
 * Why no answer could be given for an input. The codes are stable: callers decide on them.
 *
 * - `empty`: no bytes at all.
 * - `undecodable`: the bytes are no text in any encoding browsers know (a picture, an archive, noise).
 * - `unsupported-content-type`: the declared media type is neither HTML nor plain text.
 * - `too-large`: more than {@link LIMITS.bytes} bytes.
 * - `too-deep`: elements nested deeper than {@link LIMITS.depth}.
 * - `too-many-elements`: more than {@link LIMITS.elements} nodes after repair.
 */
export type ExtractionErrorCode =
  'empty' | 'undecodable' | 'unsupported-content-type' | 'too-large' | 'too-deep' | 'too-many-elements';

/** The only error {@link extractArticle} and {@link decodeOriginal} throw; the same input throws the same code. */
export class ExtractionError extends Error {
  constructor(
    readonly code: ExtractionErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'ExtractionError';
  }
}

/** What one input may cost. Text beyond the blocks is left unread, the rest is refused. Real pages stay far below: the largest news pages seen have 1.5 MB and a depth of 60. */
export const LIMITS = { bytes: 16 * 1024 * 1024, depth: 3000, elements: 600_000, blocks: 20_000 } as const;
