import { decodeBytes } from '../text/decode-bytes.js';

/** What is asked of a robots.txt. */
export interface RobotsQuery {
  /** The whole User-Agent or its product token alone. */
  userAgent: string;
  /** Absolute address of the page. */
  url: string;
}

interface Rule {
  allow: boolean;
  /** Percent-normalised pattern. */
  pattern: string;
}

/** RFC 9309 section 2.5 asks readers for at least 500 kibibytes; the rest of a longer file is not read. */
const PARSED_BYTES = 512 * 1024;
const ROBOTS_PATH = '/robots.txt';

/**
 * Whether a robots.txt lets an agent fetch an address, by RFC 9309: the product token picks the groups (whole and
 * without regard to case, several groups of one agent count as one, `*` only where none names it), the longest
 * matching rule decides, and at equal length allow wins. Patterns know `*` and a closing `$`; both sides are
 * percent-normalised before they are compared. An empty or unreadable file forbids nothing.
 */
export function robotsAllows(bytes: Uint8Array, query: RobotsQuery): boolean {
  const path = pathOf(query.url);
  if (path === ROBOTS_PATH) return true;
  const rules = groupFor(parseGroups(bytes), query.userAgent)?.rules ?? [];
  let decisive: Rule | undefined;
  for (const rule of rules) {
    if (matches(rule.pattern, path) && (decisive === undefined || outranks(rule, decisive))) decisive = rule;
  }
  return decisive?.allow ?? true;
}

/**
 * Seconds that a robots.txt asks an agent to leave between two requests. `Crawl-delay` is no part of RFC 9309 but is
 * widely written; of several in the agent's groups the longest counts. Undefined where there is none to read.
 */
export function robotsCrawlDelay(bytes: Uint8Array, userAgent: string): number | undefined {
  return groupFor(parseGroups(bytes), userAgent)?.crawlDelay;
}

/** Whether a pattern of robots.txt (`*`, closing `$`) matches the path of an absolute address. */
export function robotsPatternMatches(pattern: string, url: string): boolean {
  return matches(normalise(pattern), pathOf(url));
}

function outranks(rule: Rule, other: Rule): boolean {
  if (rule.pattern.length !== other.pattern.length) return rule.pattern.length > other.pattern.length;
  return rule.allow && !other.allow;
}

// ---- the file ----

/** What all groups of one agent say together. */
interface Group {
  rules: Rule[];
  crawlDelay?: number;
}

type Groups = Map<string, Group>;

const LINE = /^\s*([a-z-]+)\s*:\s*(.*)$/i;
const AGENT_NAME = /^(?:\*|[a-z_-]+)/i;

function parseGroups(bytes: Uint8Array): Groups {
  const groups: Groups = new Map();
  let agents: string[] = [];
  let inRules = false;
  for (const line of decodeBytes(bytes.subarray(0, PARSED_BYTES)).split(/\r\n|\r|\n/)) {
    const [, key = '', value = ''] = LINE.exec(line.replace(/^\ufeff/, '').replace(/#.*/, '')) ?? [];
    switch (key.toLowerCase()) {
      case 'user-agent':
        if (inRules) agents = [];
        inRules = false;
        agents.push(...openGroup(groups, value));
        break;
      case 'allow':
      case 'disallow':
        inRules = true;
        addRule(groups, agents, key.toLowerCase() === 'allow', value.trim());
        break;
      case 'crawl-delay':
        addDelay(groups, agents, value.trim());
        break;
      default: // sitemap and other records stand outside of groups and, as a delay, don't end a list of agents
    }
  }
  return groups;
}

function openGroup(groups: Groups, value: string): string[] {
  const name = AGENT_NAME.exec(value.trim())?.[0].toLowerCase();
  if (name === undefined) return [];
  if (!groups.has(name)) groups.set(name, { rules: [] });
  return [name];
}

function addRule(groups: Groups, agents: string[], allow: boolean, path: string): void {
  if (path === '') return;
  const pattern = normalise(path.startsWith('/') || path.startsWith('*') ? path : `/${path}`);
  for (const agent of agents) groups.get(agent)?.rules.push({ allow, pattern });
}

function addDelay(groups: Groups, agents: string[], written: string): void {
  if (!/^\d{1,6}(?:\.\d+)?$/.test(written)) return;
  for (const agent of agents) {
    const group = groups.get(agent);
    if (group) group.crawlDelay = Math.max(group.crawlDelay ?? 0, Number(written));
  }
}

function groupFor(groups: Groups, userAgent: string): Group | undefined {
  return groups.get(productToken(userAgent)) ?? groups.get('*');
}

/** `ExampleBot/2.1 (+https://…)` is `examplebot`. */
function productToken(userAgent: string): string {
  return (/^\s*([a-z_-]+)/i.exec(userAgent)?.[1] ?? userAgent.trim()).toLowerCase();
}

// ---- matching ----

function pathOf(url: string): string {
  const rest = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^#]*)/i.exec(url.trim())?.[1] ?? url;
  return normalise(rest.startsWith('/') ? rest : `/${rest}`);
}

/**
 * RFC 9309 section 2.2.2: characters outside ASCII are percent-encoded, encoded unreserved ones decoded, the digits
 * of the others written in upper case. `*` and `$` keep their encoding, which is how a rule says them literally.
 */
function normalise(path: string): string {
  return path.replace(/[^\x21-\x7e]+/g, percentEncode).replace(/%[\da-f]{2}/gi, (escape) => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : escape.toUpperCase();
  });
}

function percentEncode(characters: string): string {
  return Buffer.from(characters).toString('hex').toUpperCase().replace(/../g, '%$&');
}

/** Matches from the start of the path, in time that grows with pattern times path and no faster. */
function matches(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const [start = '', ...rest] = (anchored ? pattern.slice(0, -1) : pattern).split(/\*+/);
  if (!path.startsWith(start)) return false;
  let at = start.length;
  const last = rest.pop();
  for (const part of rest) {
    const found = path.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  if (last === undefined) return !anchored || at === path.length;
  return anchored ? path.length - last.length >= at && path.endsWith(last) : path.includes(last, at);
}
