/** A link of a feed or entry: `rel` is `alternate` where the feed names none (RFC 4287 section 4.2.7.2). */
export interface FeedLink {
  href: string;
  rel: string;
  type?: string;
  title?: string;
  hreflang?: string;
  /** Bytes, as announced. */
  length?: number;
}

/** Someone named as author. */
export interface FeedPerson {
  name?: string;
  email?: string;
  url?: string;
}

/** A category or keyword. */
export interface FeedTag {
  term: string;
  scheme?: string;
  label?: string;
}

/** A body of an entry: sanitised HTML, or plain text where `type` is `text/plain`. */
export interface FeedContent {
  value?: string;
  type: string;
  lang?: string;
  /** Address of the content where the feed holds none of its own. */
  src?: string;
}

/** A file that goes with an entry. */
export interface FeedEnclosure {
  url: string;
  type?: string;
  /** Bytes, as announced. */
  length?: number;
}

/** A picture, sound or film by Media RSS. */
export interface FeedMediaFile {
  url: string;
  type?: string;
  medium?: string;
  /** Pixels. */
  width?: number;
  height?: number;
}

/** What Media RSS says about an entry. */
export interface FeedMedia {
  player?: { url: string };
  thumbnails: FeedMediaFile[];
  contents: FeedMediaFile[];
  title?: string;
  description?: string;
  credits: string[];
}

/** The feed an entry was first published in. */
export interface FeedSource {
  title?: string;
  link?: string;
  id?: string;
  url?: string;
  author?: string;
  authors: FeedPerson[];
}

/**
 * What feed and entry have in common. Titles are plain text, other texts are sanitised HTML; addresses are absolute
 * where the document gives a base for them; dates are ISO 8601 in UTC and absent where they could not be read.
 */
interface FeedPart {
  id?: string;
  title?: string;
  titleLang?: string;
  link?: string;
  links: FeedLink[];
  author?: string;
  authors: FeedPerson[];
  published?: string;
  updated?: string;
  created?: string;
  tags: FeedTag[];
  language?: string;
  image?: { url: string };
}

/** A feed without its entries. */
export interface Feed extends FeedPart {
  description?: string;
  descriptionLang?: string;
  rights?: string;
  generator?: string;
  /** Minutes the publisher asks readers to wait between two polls. */
  ttl?: number;
}

/** One entry of a feed. */
export interface FeedEntry extends FeedPart {
  /** Whether the id is the address of the page and nothing else says where it is. */
  guidIsPermalink?: boolean;
  summary?: string;
  summaryLang?: string;
  content: FeedContent[];
  expired?: string;
  enclosures: FeedEnclosure[];
  media?: FeedMedia;
  source?: FeedSource;
  comments?: string;
}

/** A feed as it was read. */
export interface ParsedFeed {
  feed: Feed;
  entries: FeedEntry[];
}
