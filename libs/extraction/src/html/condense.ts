/** A source without what no rule reads, and the way back to places in the whole one. */
export interface CondensedSource {
  html: string;
  /** The offset in the whole source for an offset in `html`. */
  toSource: (offset: number) => number;
}

/** No `<` among the attributes, and not too many of them: unclosed tags must not be searched to the end again and again. */
const SCRIPT_OR_STYLE = /<(script|style)\b([^<>]{0,4000})>/gi;
/** Shorter contents are not worth the bookkeeping. */
const WORTH_CUTTING = 64;

/**
 * Cuts the contents of scripts and style sheets, more than half of a news page, out of the source:
 * a parser reads them letter by letter and nothing is done with them. JSON-LD stays.
 */
export function condense(source: string): CondensedSource {
  const parts: string[] = [];
  const cutAt: number[] = [];
  const removed: number[] = [];
  let kept = 0;
  let total = 0;
  SCRIPT_OR_STYLE.lastIndex = 0;
  for (let tag = SCRIPT_OR_STYLE.exec(source); tag; tag = SCRIPT_OR_STYLE.exec(source)) {
    const from = tag.index + tag[0].length;
    const name = tag[1] as string;
    const to = closingTag(source, name, from);
    if (to < 0) break;
    SCRIPT_OR_STYLE.lastIndex = to;
    if (to - from < WORTH_CUTTING || /ld\+json/i.test(tag[2] ?? '') || hidesScript(source, from, to)) continue;
    parts.push(source.slice(kept, from));
    kept = to;
    total += to - from;
    cutAt.push(from - (total - (to - from)));
    removed.push(total);
  }
  parts.push(source.slice(kept));
  return { html: parts.join(''), toSource: (offset) => offset + removedBefore(cutAt, removed, offset) };
}

function closingTag(source: string, name: string, from: number): number {
  for (let at = source.indexOf('</', from); at >= 0; at = source.indexOf('</', at + 2))
    if (source.slice(at + 2, at + 2 + name.length).toLowerCase() === name.toLowerCase()) return at;
  return -1;
}

/** A script that holds `<!-- <script>` ends at a later end tag than the first (HTML, "script data double escaped state"). */
function hidesScript(source: string, from: number, to: number): boolean {
  const comment = source.indexOf('<!--', from);
  return comment >= 0 && comment < to && /<script/i.test(source.slice(comment, to));
}

/** What was cut in front of an offset; a cut's own place counts as in front of the end tag that follows it. */
function removedBefore(cutAt: number[], removed: number[], offset: number): number {
  let low = 0;
  let high = cutAt.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cutAt[middle] as number) <= offset) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : (removed[low - 1] as number);
}
