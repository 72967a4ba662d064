import { type ArticleView, type ParagraphData, escapeHtml } from '@wireroom/contracts';
import { generateAtomFeed, generateJsonFeed, generateRssFeed } from 'feedsmith';

export type FeedFormat = 'rss' | 'atom' | 'json';

export interface FeedInfo {
  title: string;
  /** Address readers use for this service, without a trailing slash. */
  publicUrl: string;
}

export const FEED_MEDIA_TYPES: Record<FeedFormat, string> = {
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
};

/** Where the codes and labels of IPTC Media Topics are defined. */
const MEDIA_TOPICS = 'http://cv.iptc.org/newscodes/mediatopic/';

/** What an entry is filed under; with the scheme that a word comes from, where it comes from one. */
interface Category {
  name: string;
  scheme?: string;
}

/** What one entry says, in no format yet. */
interface Entry {
  id: string;
  link: string;
  title: string;
  html: string;
  text: string;
  authors: string[];
  categories: Category[];
  released: Date;
  updated: Date;
  language?: string;
  image?: string;
}

// XML 1.0 has no way to write these, escaped or not (production 2, Char); lone surrogates fall under it too.
const NOT_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Feed of the given articles, in the order given: RSS 2.0, Atom 1.0 (RFC 4287) or JSON Feed 1.1. */
export function buildFeed(format: FeedFormat, articles: ArticleView[], info: FeedInfo): string {
  const entries = articles.map((article) => entryOf(article, info.publicUrl));
  const self = `${info.publicUrl}/feeds/all.${format}`;
  const updated = entries.reduce((newest, { updated: at }) => (at > newest ? at : newest), new Date(0));
  switch (format) {
    case 'rss':
      return rssOf(entries, info, self, updated);
    case 'atom':
      return atomOf(entries, info, self, updated);
    case 'json':
      return jsonOf(entries, info, self);
  }
}

function rssOf(entries: Entry[], info: FeedInfo, self: string, updated: Date): string {
  return generateRssFeed({
    title: info.title,
    link: info.publicUrl,
    description: info.title,
    lastBuildDate: updated,
    generator: 'Wireroom',
    atom: { links: [{ href: self, rel: 'self', type: 'application/rss+xml' }] },
    items: entries.map((entry) => ({
      title: entry.title,
      link: entry.link,
      guid: { value: entry.id, isPermaLink: false },
      pubDate: entry.released,
      description: entry.text,
      categories: entry.categories.map(({ name, scheme: domain }) => ({ name, domain })),
      dc: { creators: entry.authors },
      content: { encoded: entry.html },
    })),
  });
}

function atomOf(entries: Entry[], info: FeedInfo, self: string, updated: Date): string {
  return generateAtomFeed({
    id: self,
    title: { value: info.title },
    updated,
    generator: { text: 'Wireroom' },
    authors: [{ name: info.title }],
    links: [
      { href: self, rel: 'self', type: 'application/atom+xml' },
      { href: info.publicUrl, rel: 'alternate' },
    ],
    entries: entries.map((entry) => ({
      id: `urn:uuid:${entry.id}`,
      title: { value: entry.title },
      published: entry.released,
      updated: entry.updated,
      authors: entry.authors.map((name) => ({ name })),
      categories: entry.categories.map(({ name: term, scheme }) => ({ term, scheme })),
      links: [{ href: entry.link, rel: 'alternate' }],
      summary: { value: entry.text },
      content: { value: entry.html, type: 'html' },
    })),
  });
}

function jsonOf(entries: Entry[], info: FeedInfo, self: string): string {
  const feed = generateJsonFeed({
    title: info.title,
    home_page_url: info.publicUrl,
    feed_url: self,
    items: entries.map((entry) => ({
      id: entry.id,
      url: entry.link,
      title: entry.title,
      content_html: entry.html,
      summary: entry.text,
      image: entry.image,
      date_published: entry.released,
      date_modified: entry.updated,
      authors: entry.authors.map((name) => ({ name })),
      tags: entry.categories.map(({ name }) => name),
      language: entry.language,
    })),
  });
  return JSON.stringify(feed);
}

function entryOf(view: ArticleView, publicUrl: string): Entry {
  const { article, enrichment } = view;
  const paragraphs = article?.paragraphs ?? [];
  const isCorrection = view.kind === 'correction';
  const title = article?.title ?? firstWords(paragraphs);
  return {
    id: view.id,
    link: view.url ?? article?.canonicalUrl ?? `${publicUrl}/v1/articles/${view.id}`,
    title: clean(isCorrection ? `Correction: ${title}` : title),
    html: clean(htmlOf(paragraphs)),
    text: clean(firstWords(paragraphs)),
    authors: (article?.authors ?? []).map(({ name }) => clean(name)),
    categories: categoriesOf(view),
    released: new Date(view.firstReleasedAt),
    updated: new Date(view.releasedAt),
    language: enrichment?.language?.code,
    image: article?.leadImage?.url,
  };
}

/** What the page says it is filed under, then the topics found in it; a word that both say is said once. */
function categoriesOf({ kind, article, enrichment }: ArticleView): Category[] {
  const own = [...(kind === 'correction' ? ['correction'] : []), ...(article?.categories ?? [])].map(clean);
  const said = new Set(own.map((name) => name.toLowerCase()));
  const topics = (enrichment?.topics ?? []).filter(({ label }) => !said.has(label.toLowerCase()));
  return [...own.map((name) => ({ name })), ...topics.map(({ label: name }) => ({ name, scheme: MEDIA_TOPICS }))];
}

const TAGS: Record<ParagraphData['role'], string> = {
  paragraph: 'p',
  heading: 'h2',
  'list-item': 'p',
  quotation: 'blockquote',
  caption: 'p',
  'table-row': 'p',
};

/** Paragraphs are plain text; all markup in the result is made here. */
function htmlOf(paragraphs: ParagraphData[]): string {
  return paragraphs.map(({ text, role }) => `<${TAGS[role]}>${escapeHtml(text)}</${TAGS[role]}>`).join('\n');
}

function firstWords(paragraphs: ParagraphData[]): string {
  const text = paragraphs.find(({ role }) => role === 'paragraph')?.text ?? '';
  return text.length <= 300 ? text : `${text.slice(0, 300).replace(/\s+\S*$/, '')}…`;
}

function clean(text: string): string {
  return text.replace(NOT_XML, '');
}
