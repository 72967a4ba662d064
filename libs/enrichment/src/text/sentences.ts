import type { SpanData } from '@wireroom/contracts';

const ABBREVIATIONS = new Set(
  (
    'mr mrs ms dr prof sen rep gov gen col lt sgt capt cmdr det insp supt cpl pfc pvt cllr amb atty asst msgr adm maj brig hon rev st jr sr vs etc inc ltd co corp no vol ' +
    'fig dept est approx jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun mt ft messrs mme ' +
    'mlle mgr bzw usw bspw ca evtl ggf inkl nr str abs hr fr av bd art env p.m a.m e.g i.e cf al op sra srta lic ing'
  ).split(' '),
);

/** Words that open a sentence more often than they follow initials. */
const OPENERS =
  /^["'“‘(]?(?:The|A|An|In|On|At|It|He|She|They|We|I|But|And|This|That|These|His|Her|Its|Their|As|For|If|When|While|After|Before|Since|There|Last|So)\b/;

// A stop, an ellipsis or a full-width stop, closing marks after it, then a gap that a new sentence can follow.
const BOUNDARY = /(?:[.!?…]+(?:[^\S\n]»(?!\s*«))?["'”’»“‘«)\]]*(?=\s|$))|(?:[。！？]+["'”’」』）]*)/gu;

const DATELINE_REST = /^(?:\([^)]{2,30}\)\s)?[-–—]/;

/** Blocks parted by at least one blank line; a block holds no leading or trailing space. */
export function splitParagraphs(text: string): SpanData[] {
  const spans: SpanData[] = [];
  let start = 0;
  const gaps = text.matchAll(/\n[^\S\n]*\n\s*/g);
  for (const gap of gaps) {
    pushTrimmed(text, start, gap.index, spans);
    start = gap.index + gap[0].length;
  }
  pushTrimmed(text, start, text.length, spans);
  return spans;
}

/** Sentences of one paragraph; the spans hold the closing marks and no outer space. Single line ends do not split. */
export function splitSentences(text: string, within: SpanData): SpanData[] {
  const spans: SpanData[] = [];
  const block = text.slice(within.start, within.end);
  let start = 0;
  for (const boundary of block.matchAll(BOUNDARY)) {
    const end = boundary.index + boundary[0].length;
    if (!endsSentence(block, boundary.index, end)) continue;
    pushTrimmed(text, within.start + start, within.start + end, spans);
    start = end;
  }
  pushTrimmed(text, within.start + start, within.end, spans);
  return spans;
}

function endsSentence(block: string, stop: number, end: number): boolean {
  const rest = block.slice(end, end + 40).trimStart();
  if (rest === '') return true;
  if (/^[\p{Ll},;:]/u.test(rest)) return false;
  if (block[stop] !== '.' || block[stop + 1] === '.') return true;
  const word = /[\p{L}.]+$/u.exec(block.slice(Math.max(0, stop - 20), stop))?.[0] ?? '';
  // "U.S. District Judge", but "in the U.S. The judge".
  if (/^(?:\p{Lu}\.)+\p{Lu}$/u.test(word) && !OPENERS.test(rest)) return false;
  // "Holt opens at 6 a.m. On Saturday he closes."
  if (/^[ap]\.m$/.test(word) && OPENERS.test(rest)) return true;
  // "ST. ALBAN, Mo. (AP) — A man".
  if (DATELINE_REST.test(rest) && /, \p{Lu}\p{Ll}{1,5}$/u.test(block.slice(Math.max(0, stop - 8), stop))) return false;
  if (/^\p{Lu}$/u.test(word) || ABBREVIATIONS.has(word.toLowerCase())) return false;
  // "12. Mai", "3. November": an ordinal, not an end.
  return !(
    /\d$/.test(block.slice(0, stop)) &&
    /^\p{Lu}/u.test(rest) &&
    /\b\d{1,2}$/.test(block.slice(Math.max(0, stop - 3), stop)) &&
    isMonth(rest)
  );
}

function isMonth(rest: string): boolean {
  return /^(?:Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)/.test(rest);
}

function pushTrimmed(text: string, start: number, end: number, into: SpanData[]): void {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text.charAt(from))) from++;
  while (to > from && /\s/.test(text.charAt(to - 1))) to--;
  if (to > from) into.push({ start: from, end: to });
}
