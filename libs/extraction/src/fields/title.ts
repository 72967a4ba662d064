import { elementFound, linkedDataStrings, metaValues, type Found } from '../html/structured-data.js';
import { elementsNamed, type Page } from '../page.js';
import type { Candidate, ProvenanceLog } from '../provenance.js';
import { comparable } from '../text.js';
import { vote } from './vote.js';

const TITLE_WORDS =
  /(?:^|[\s_-])(?:headline|entry-?title|post-?title|article-?title|article__title|page-?title|titulo|titel|title)(?:$|[\s_-])/i;

/** The headline, and another wording of it if the page has one. */
export function findTitle(
  page: Page,
  siteName: string | undefined,
  log: ProvenanceLog,
): { title?: string; alternativeTitle?: string } {
  const candidates = titleCandidates(page, siteName);
  const title = vote('/article/title', candidates, log);
  if (!title) return {};
  const alternative = candidates.find(
    (other) => other.rule !== 'title-element' && comparable(other.value) !== comparable(title.value),
  );
  if (alternative)
    log.chosen('/article/alternativeTitle', alternative, alternative.rule, 'the next wording of the headline');
  return { title: title.value, alternativeTitle: alternative?.value };
}

function titleCandidates(page: Page, siteName: string | undefined): Candidate[] {
  const strip = (found: Found): Found => ({ ...found, value: withoutSiteName(found.value, page, siteName) });
  const as = (rule: string, weight: number, found: (Found | undefined)[]): Candidate[] =>
    found.filter((each) => each !== undefined).map((each) => ({ ...each, rule, weight }));
  const headings = elementsNamed(page, 'h1');
  const articleHeadings = headings.filter((heading) => isInside(heading, 'article') || isInside(heading, 'main'));
  const titled = headings.filter((heading) => TITLE_WORDS.test(heading.attribute('class') ?? ''));
  const microdata = [...(page.data.microdata.get('headline') ?? [])].slice(0, 1);
  const [node] = page.articleData;
  return [
    ...as('json-ld-headline', 1, node ? linkedDataStrings(node, 'headline').slice(0, 1) : []),
    ...as('json-ld-name', 0.4, node ? linkedDataStrings(node, 'name').slice(0, 1) : []),
    ...as('og-title', 1, metaValues(page.data, 'og:title').slice(0, 1).map(strip)),
    ...as('twitter-title', 0.5, metaValues(page.data, 'twitter:title').slice(0, 1).map(strip)),
    ...as(
      'meta-title',
      0.5,
      metaValues(page.data, 'dc.title', 'dcterms.title', 'parsely-title', 'sailthru.title', 'title')
        .slice(0, 1)
        .map(strip),
    ),
    ...as(
      'microdata-headline',
      0.8,
      microdata.map((element) => elementFound(element)),
    ),
    ...as(
      'heading',
      0.9,
      headings.slice(0, 1).map((element) => elementFound(element)),
    ),
    ...as(
      'article-heading',
      0.4,
      articleHeadings.slice(0, 1).map((element) => elementFound(element)),
    ),
    ...as(
      'titled-heading',
      0.4,
      titled.slice(0, 1).map((element) => elementFound(element)),
    ),
    ...as(
      'title-element',
      0.6,
      elementsNamed(page, 'title')
        .slice(0, 1)
        .map((element) => elementFound(element))
        .map((found) => found && strip(found)),
    ),
  ];
}

function isInside(element: { parent: { tag: string; parent: unknown } | null }, tag: string): boolean {
  for (let at = element.parent; at; at = at.parent as typeof element.parent) if (at.tag === tag) return true;
  return false;
}

const SEPARATOR = /\s+[-–—|»«·•~:/\\]+\s+|\s*[|»•]\s*/;

/** Drops the name of the site from either end of a title: known by name or host, else the shorter tail. */
function withoutSiteName(title: string, page: Page, siteName: string | undefined): string {
  const parts = title.split(SEPARATOR).filter(Boolean);
  if (parts.length < 2) return title;
  const known = [siteName, hostWord(page.url)].filter((name) => name !== undefined).map(squeeze);
  const isSite = (part: string | undefined): boolean => {
    const squeezed = squeeze(part ?? '');
    return (
      squeezed.length > 2 &&
      known.some((name) => name.length > 2 && (squeezed.includes(name) || name.includes(squeezed)))
    );
  };
  const last = parts.at(-1) as string;
  if (isSite(last)) return cutTail(title, last);
  const [first] = parts;
  if (isSite(first)) return title.slice(title.indexOf(parts[1] as string)).trim();
  return title;
}

function cutTail(title: string, tail: string): string {
  return title.slice(0, title.lastIndexOf(tail)).replace(/[\s\-–—|»«·•~:/\\]+$/, '');
}

function squeeze(name: string): string {
  return comparable(name).replace(/^the |[^\p{L}\p{N}]/gu, '');
}

function hostWord(url: string | undefined): string | undefined {
  const host = /^[a-z]+:\/\/([^/:?#]+)/i.exec(url ?? '')?.[1];
  const labels = host?.replace(/^www\./, '').split('.') ?? [];
  return labels.length > 1 ? labels.slice(0, -1).sort((a, b) => b.length - a.length)[0] : labels[0];
}
