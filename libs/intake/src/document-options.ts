/** What came with the bytes of a document. */
export interface DocumentOptions {
  /** Address the document was fetched from, after redirects: the base of its relative addresses. */
  url?: string;
  contentType?: string;
  /** Response headers, names in any case. `content-location` and `content-language` are used. */
  headers?: Record<string, string>;
}
