import type { EmbedData, ImageData } from '@wireroom/contracts';
import type { ElementNode } from '../html/document.js';
import { attributeFound, linkedDataStrings, metaValues, type Found } from '../html/structured-data.js';
import { elementsNamed, type Page } from '../page.js';
import type { Candidate, ProvenanceLog } from '../provenance.js';
import { cleanText, comparable } from '../text.js';
import { vote } from './vote.js';

/** Name of the site or paper. */
export function findSiteName(page: Page, log: ProvenanceLog): string | undefined {
  const [node] = page.articleData;
  const candidates: Candidate[] = [
    ...weighted('og-site-name', 2, metaValues(page.data, 'og:site_name')),
    ...weighted('json-ld-publisher', 1.5, node ? linkedDataStrings(node, 'publisher.name') : []),
    ...weighted(
      'json-ld-website',
      1,
      page.data.linkedData
        .filter(({ types }) => types.includes('WebSite'))
        .flatMap((site) => linkedDataStrings(site, 'name')),
    ),
    ...weighted(
      'meta-site-name',
      0.8,
      metaValues(
        page.data,
        'application-name',
        'al:android:app_name',
        'twitter:app:name:iphone',
        'dc.publisher',
        'publisher',
      ),
    ),
  ];
  return vote('/article/siteName', candidates, log)?.value.slice(0, 500);
}

/** The address the site wants the article known by. */
export function findCanonicalUrl(page: Page, log: ProvenanceLog): string | undefined {
  const [node] = page.articleData;
  const candidates = [
    ...weighted('link-canonical', 3, page.data.links.get('canonical') ?? []),
    ...weighted('og-url', 2, metaValues(page.data, 'og:url')),
    ...weighted(
      'json-ld-url',
      1,
      node
        ? [
            ...linkedDataStrings(node, 'url'),
            ...linkedDataStrings(node, 'mainEntityOfPage.@id'),
            ...linkedDataStrings(node, 'mainEntityOfPage'),
          ]
        : [],
    ),
  ].flatMap((candidate) => {
    const value = absoluteUrl(candidate.value, page.url);
    return value ? [{ ...candidate, value }] : [];
  });
  return vote('/article/canonicalUrl', candidates, log, { sameness: (value) => value })?.value;
}

/** Language as declared by the page (BCP 47). */
export function findDeclaredLanguage(page: Page, header: string | undefined, log: ProvenanceLog): string | undefined {
  const [html] = elementsNamed(page, 'html');
  const [node] = page.articleData;
  const declared =
    html &&
    (attributeFound(html, 'lang', page.source, 'element:html[lang]') ??
      attributeFound(html, 'xml:lang', page.source, 'element:html[xml:lang]'));
  const candidates = [
    ...weighted('html-lang', 2, declared ? [declared] : []),
    ...weighted('json-ld-language', 1.5, node ? linkedDataStrings(node, 'inLanguage') : []),
    ...weighted('meta-language', 1, metaValues(page.data, 'og:locale', 'content-language', 'language', 'dc.language')),
    ...weighted('http-header', 0.8, header ? [{ value: header, source: 'header:content-language', spans: [] }] : []),
  ]
    .map((candidate) => ({ ...candidate, value: candidate.value.replaceAll('_', '-') }))
    .filter(({ value }) => /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i.test(value));
  return vote('/article/declaredLanguage', candidates, log)?.value;
}

/** The lead image; caption and credit come from its figure, where it has one. */
export function findLeadImage(page: Page, log: ProvenanceLog): ImageData | undefined {
  const [node] = page.articleData;
  const candidates = [
    ...weighted('og-image', 2, metaValues(page.data, 'og:image', 'og:image:url', 'og:image:secure_url').slice(0, 1)),
    ...weighted(
      'json-ld-image',
      1.5,
      node ? [...linkedDataStrings(node, 'image.url'), ...linkedDataStrings(node, 'image')].slice(0, 1) : [],
    ),
    ...weighted('twitter-image', 1, metaValues(page.data, 'twitter:image', 'twitter:image:src').slice(0, 1)),
  ].flatMap((candidate) => {
    const value = absoluteUrl(candidate.value, page.url);
    return value ? [{ ...candidate, value }] : [];
  });
  const url = vote('/article/leadImage', candidates, log, { sameness: (value) => value })?.value;
  return url ? { url, ...captionOf(page, url) } : undefined;
}

/** The figure that shows the image, else the first figure of the page, tells caption and credit. */
function captionOf(page: Page, url: string): { caption?: string; credit?: string } {
  const name = fileName(url);
  const figures = elementsNamed(page, 'figure');
  const figure = figures.find((each) => page.source.slice(each.start, each.end).includes(name)) ?? undefined;
  const captions = figure
    ? page.blocks.filter(({ start, end }) => start >= figure.start && end <= figure.end).map(({ text }) => text)
    : [];
  const text = cleanText([...new Set(captions)].join(' '));
  if (!text) return {};
  const credit = CREDIT.exec(text);
  const caption = credit ? cleanText(text.slice(0, credit.index)) : text;
  return { caption: caption.slice(0, 5000) || undefined, credit: credit?.[1]?.trim().slice(0, 1000) };
}

const CREDIT =
  /(?:\(?(?:photo|photograph|picture|image|foto|bild|fotografía|crédito|crédit|credit|zdjęcie|fot|quelle|source|©)(?:\s*(?:by|credit|von|de|par|di))?\s*[:.©]?\s*)([^()]{2,120})\)?\s*$/i;

function fileName(url: string): string {
  return url.split(/[?#]/, 1)[0]?.split('/').at(-1) || url;
}

const EMBED_HOSTS: [RegExp, string][] = [
  [/youtube(?:-nocookie)?\.com\/embed|youtu\.be|player\.vimeo|dailymotion\.com|jwplatform|brightcove|\.mp4/i, 'video'],
  [/twitter\.com|x\.com\/|instagram\.com|facebook\.com\/plugins|tiktok\.com|reddit|bsky/i, 'post'],
  [/soundcloud|spotify|podcast|\.mp3|audio/i, 'audio'],
  [/datawrapper|flourish|infogram|google\.com\/maps|openstreetmap/i, 'graphic'],
];

/** Videos, audio, posts and graphics embedded between `from` and `to` in the source. */
export function findEmbeds(page: Page, from: number, to: number, log: ProvenanceLog): EmbedData[] {
  const embeds = new Map<string, EmbedData>();
  for (const element of elementsNamed(page, 'iframe', 'video', 'audio', 'source', 'amp-youtube')) {
    if (element.start < from || element.start > to) continue;
    const name = ['src', 'data-src', 'data-lazy-src'].find((attribute) => element.attribute(attribute));
    const found = name ? attributeFound(element, name, page.source, `element:${element.tag}[${name}]`) : undefined;
    const url = found && absoluteUrl(found.value, page.url);
    const type = url && embedType(element, url);
    if (!found || !url || !type || embeds.has(url)) continue;
    log.chosen(`/article/embeds/${embeds.size}`, found, 'embedded-element');
    embeds.set(url, { url, type });
  }
  return [...embeds.values()].slice(0, 500);
}

function embedType(element: ElementNode, url: string): string | undefined {
  if (element.tag === 'video' || element.tag === 'audio') return element.tag;
  return EMBED_HOSTS.find(([host]) => host.test(url))?.[1];
}

/** Section, categories and tags, each value once. */
export function findTaxonomy(
  page: Page,
  log: ProvenanceLog,
): { section?: string; categories: string[]; tags: string[] } {
  const [node] = page.articleData;
  const sections = [
    ...weighted('json-ld-section', 2, node ? linkedDataStrings(node, 'articleSection') : []),
    ...weighted(
      'meta-section',
      1.5,
      metaValues(page.data, 'article:section', 'section', 'parsely-section', 'cxenseparse:recs:category'),
    ),
  ].filter(({ value }) => value.length < 120);
  const categories = distinct(
    [...sections, ...weighted('breadcrumb', 1, breadcrumbs(page))],
    '/article/categories',
    log,
  );
  const keywords = [
    ...weighted('json-ld-keywords', 2, node ? linkedDataStrings(node, 'keywords') : []),
    ...weighted(
      'meta-tags',
      1.5,
      metaValues(page.data, 'article:tag', 'news_keywords', 'keywords', 'parsely-tags', 'sailthru.tags'),
    ),
  ].flatMap((candidate) =>
    candidate.value
      .split(/\s*[,;]\s*/)
      .filter(Boolean)
      .map((value) => ({ ...candidate, value })),
  );
  const tags = distinct(
    keywords.filter(({ value }) => value.length < 120),
    '/article/tags',
    log,
  ).slice(0, 200);
  const [section] = sections;
  if (section) log.chosen('/article/section', section, section.rule);
  return { section: section?.value.slice(0, 500), categories, tags };
}

/** Names on the way from the front page to the article, without either end. */
function breadcrumbs(page: Page): Found[] {
  const list = page.data.linkedData.find(({ types }) => types.includes('BreadcrumbList'));
  if (!list) return [];
  const names = [
    ...linkedDataStrings(list, 'itemListElement.name'),
    ...linkedDataStrings(list, 'itemListElement.item.name'),
  ];
  return names.slice(1, -1).filter(({ value }) => value.length < 60);
}

function distinct(candidates: Candidate[], field: string, log: ProvenanceLog): string[] {
  const byKey = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const key = comparable(candidate.value);
    if (key && !byKey.has(key)) byKey.set(key, candidate);
  }
  const kept = [...byKey.values()].slice(0, 500);
  kept.forEach((candidate, i) => log.chosen(`${field}/${i}`, candidate, candidate.rule));
  return kept.map(({ value }) => value);
}

function weighted(rule: string, weight: number, found: Found[]): Candidate[] {
  return found.map((each) => ({ ...each, rule, weight }));
}

function absoluteUrl(value: string, base: string | undefined): string | undefined {
  try {
    const url = new URL(value, base);
    return /^https?:$/.test(url.protocol) && url.href.length <= 4096 ? url.href : undefined;
  } catch {
    return undefined;
  }
}
