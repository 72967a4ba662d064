/** One link of a Link header field. */
export interface HeaderLink {
  /** As written; it may be relative. */
  href: string;
  /** Relation types, lower case. */
  rels: string[];
}

/** More links than any honest answer has. */
const MOST_LINKS = 100;

/**
 * Reads a Link field (RFC 8288 section 3), several joined by commas among them; what is malformed is passed over.
 * Links about another page than this one (`anchor`) are left out.
 */
export function parseLinks(field = ''): HeaderLink[] {
  const links: HeaderLink[] = [];
  for (const { target, parameters } of splitLinks(field)) {
    const read = parametersOf(parameters);
    const rels = read.get('rel')?.toLowerCase().split(/\s+/).filter(Boolean) ?? [];
    if (rels.length > 0 && !read.has('anchor')) links.push({ href: target.trim(), rels });
    if (links.length === MOST_LINKS) break;
  }
  return links;
}

/** `<target>` and everything up to the comma that ends the link; commas in targets and quotes are part of them. */
function* splitLinks(field: string): Generator<{ target: string; parameters: string }> {
  let at = 0;
  for (;;) {
    const open = field.indexOf('<', at);
    const close = field.indexOf('>', open);
    if (open === -1 || close === -1) return;
    const end = endOfParameters(field, close + 1);
    yield { target: field.slice(open + 1, close), parameters: field.slice(close + 1, end) };
    at = end + 1;
  }
}

function endOfParameters(field: string, from: number): number {
  let quoted = false;
  for (let at = from; at < field.length; at++) {
    const character = field[at];
    if (quoted && character === '\\') at++;
    else if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) return at;
  }
  return field.length;
}

const PARAMETER = /;\s*([\w!#$&+.^`|~-]+\*?)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;

/** The first of each name counts. */
function parametersOf(written: string): Map<string, string> {
  const read = new Map<string, string>();
  for (const [, name = '', quoted, token = ''] of written.matchAll(PARAMETER)) {
    const key = name.toLowerCase();
    if (!read.has(key)) read.set(key, quoted?.replace(/\\(.)/g, '$1') ?? token);
  }
  return read;
}
