/** A subject code; `code` as the agency writes it (`medtop:20000350`, `04013000`, an address). */
export interface AgencySubject {
  code?: string;
  name?: string;
}

/** Whether an item may be used. `canceled` takes back what was sent under the same guid before. */
export type PublishingStatus = 'usable' | 'withheld' | 'canceled';

/** What a news agency sent, whichever standard it wrote it in. */
export interface AgencyItem {
  format: 'ninjs' | 'newsml-g2' | 'newsml-1' | 'nitf';
  /** The agency's id of the item, the same for all its versions. */
  guid?: string;
  /** The agency's own version; a higher one replaces a lower one. */
  version?: string;
  headline?: string;
  byline?: string;
  slugline?: string;
  dateline?: string;
  /** 1 (most urgent) to 9. */
  urgency?: number;
  /** BCP 47. */
  language?: string;
  /** First created, else created in this version: ISO 8601 in UTC. */
  published?: string;
  status?: PublishingStatus;
  /** What this version is for, where the agency says: NewsML-G2 signals, NewsML 1 instructions. */
  instruction?: 'correction' | 'update';
  /** Not to be published before: ISO 8601 in UTC. */
  embargo?: string;
  /** Under an embargo whose end it does not say, or in no form that can be read: until the agency lifts it. */
  embargoOpen?: true;
  subjects: AgencySubject[];
  /** Plain text, without headings, tables and captions. */
  paragraphs: string[];
  usageTerms?: string;
  copyright?: string;
  provider?: string;
  /** A word to editors, not for readers. */
  editorialNote?: string;
  /** Ids of the items a package holds. */
  references: string[];
}
