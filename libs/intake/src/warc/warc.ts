/** Why a record is listed and not meant for reading: `revisit` of a page stored before, `status` not 2xx, no web page. */
export type WarcSkip = 'revisit' | 'status' | 'content-type' | 'too-large';

/** A response, revisit or resource record of an archive. */
export interface WarcRecord {
  type: 'response' | 'revisit' | 'resource';
  /** WARC-Target-URI. */
  url: string;
  /** WARC-Date, ISO 8601 in UTC. */
  date?: string;
  /** HTTP status; `null` for a record without HTTP. */
  status: number | null;
  /** HTTP headers, names in lower case, a repeated one joined by a comma. */
  headers: Record<string, string>;
  contentType: string | null;
  /** Encoding of a web page as the WHATWG names it, where the page or its server says. */
  charset?: string;
  /** The body after transfer and content decoding, before any charset. Empty for a record that is too large. */
  body: Uint8Array;
  skipped?: WarcSkip;
  /**
   * Where in the source reading may start again after this record: nothing behind it is missed, and nothing before
   * it seen again unless several records share a gzip member.
   */
  resumeAt: number;
}

/** A stretch of the archive that could not be read. Reading goes on behind it where there is something sound. */
export interface WarcFault {
  kind: 'truncated' | 'corrupt';
  /** Listed records before the fault. */
  afterRecord: number;
  /** Where in the source the damaged part begins. */
  offset: number;
}
