import { compileSelector, type Selector } from './selector.js';

/** What a reviewed rule says about the pages of one site. Every part is optional; what it leaves out is found as usual. */
export interface SiteRule {
  /** Host the rule is for, with all hosts below it: `news.example`. */
  site: string;
  /** Counts up with every change, and is part of the rule's name in the provenance. */
  version: number;
  /** Elements that hold the body, and elements in them that do not belong to it. */
  body?: Selector;
  remove?: Selector;
  title?: Selector;
  authors?: Selector;
  /** Element with the date, and the attribute that holds it where it is not the text. */
  published?: { selector: Selector; attribute?: string };
}

/** A rule that cannot be used; `path` is a JSON Pointer to what is wrong in it. */
export class SiteRuleError extends Error {
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path}: ${reason}`);
    this.name = 'SiteRuleError';
  }
}

const KNOWN = new Set(['site', 'version', 'body', 'remove', 'title', 'authors', 'published']);

/**
 * Reads a rule as it stands in a file:
 * `{ "site": "news.example", "version": 1, "body": "div.story", "remove": ".promo", "published": { "selector": "time", "attribute": "datetime" } }`.
 *
 * @throws SiteRuleError at the first fault, so that a rules folder is refused at boot and not half used.
 */
export function parseSiteRule(value: unknown): SiteRule {
  if (!isRecord(value)) throw new SiteRuleError('', 'a rule is an object');
  for (const key of Object.keys(value)) if (!KNOWN.has(key)) throw new SiteRuleError(`/${key}`, 'unknown');
  const { site, version, published } = value;
  if (typeof site !== 'string' || !/^[a-z\d-]+(?:\.[a-z\d-]+)+$/.test(site))
    throw new SiteRuleError('/site', 'a host in lower case is needed');
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1)
    throw new SiteRuleError('/version', 'a whole number from 1 is needed');
  return {
    site,
    version,
    body: selectorAt(value.body, '/body'),
    remove: selectorAt(value.remove, '/remove'),
    title: selectorAt(value.title, '/title'),
    authors: selectorAt(value.authors, '/authors'),
    published: published === undefined ? undefined : publishedAt(published),
  };
}

/** The rule for an address; the one for the longest host wins. */
export function siteRuleFor(url: string | undefined, rules: readonly SiteRule[]): SiteRule | undefined {
  const host = /^https?:\/\/([^/:?#]+)/i.exec(url ?? '')?.[1]?.toLowerCase();
  if (host === undefined) return undefined;
  return rules
    .filter(({ site }) => host === site || host.endsWith(`.${site}`))
    .reduce<SiteRule | undefined>(
      (best, rule) => (best && best.site.length >= rule.site.length ? best : rule),
      undefined,
    );
}

function publishedAt(value: unknown): NonNullable<SiteRule['published']> {
  if (!isRecord(value)) throw new SiteRuleError('/published', 'an object with a selector is needed');
  const selector = selectorAt(value.selector, '/published/selector');
  if (!selector) throw new SiteRuleError('/published/selector', 'is missing');
  if (value.attribute !== undefined && typeof value.attribute !== 'string')
    throw new SiteRuleError('/published/attribute', 'is no text');
  return { selector, attribute: value.attribute };
}

function selectorAt(value: unknown, path: string): Selector | undefined {
  if (value === undefined) return undefined;
  const selector = typeof value === 'string' ? compileSelector(value) : undefined;
  if (!selector) throw new SiteRuleError(path, 'is no selector that rules may use');
  return selector;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
