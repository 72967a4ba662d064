/** Bounds that keep a hostile document from taking the process down. They lie well above what publishers send. */
export const LIMITS = {
  /** Bytes of one document after any gzip was undone. */
  documentBytes: 64 * 1024 * 1024,
  /** Lines of one message, each of which costs its reader about ten microseconds: 30 MB of attachments. */
  messageLines: 400_000,
  /** Nested elements of an XML document. */
  xmlDepth: 256,
  /** Nested elements of an HTML fragment; deeper ones are reduced to their text. */
  htmlDepth: 512,
  /** Characters that internal entities may add to one document in all. */
  entityCharacters: 1_000_000,
  /** Internal entities one document may declare. */
  entityCount: 1000,
} as const;
