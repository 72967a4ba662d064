import type { LiveEntryData } from '@wireroom/contracts';
import type { ChosenBlock } from '../body/chosen-block.js';
import type { Block } from '../html/blocks.js';
import { isElement, pathOf, rawTextOf, type ElementNode } from '../html/document.js';
import { linkedDataStrings, linkedDataValues } from '../html/structured-data.js';
import { elementsNamed, type Page } from '../page.js';
import type { ProvenanceLog } from '../provenance.js';
import { cleanText } from '../text.js';
import { clockAtStart, isBareClock } from './clock.js';
import { parseDate } from './parse-date.js';
import { isOfComment } from './places.js';

const LONGEST = { title: 2000, text: 100_000 };
const MOST_ENTRIES = 20_000;

/**
 * Entries of a live blog with their times: as the page's linked data lists them, else as its markup repeats them.
 * `day` is the one the whole report is of, where it is known: entries that show nothing but a clock are of that day.
 */
export function findLiveEntries(
  page: Page,
  body: ChosenBlock[],
  day: string | undefined,
  log: ProvenanceLog,
): LiveEntryData[] | undefined {
  const listed = linkedEntries(page, log);
  const entries = listed.length > 0 ? listed : markedEntries(page, body, day, log);
  return entries.length > 0 ? entries : undefined;
}

function linkedEntries(page: Page, log: ProvenanceLog): LiveEntryData[] {
  const blog = page.data.linkedData.find(({ types }) => types.includes('LiveBlogPosting'));
  const entries: LiveEntryData[] = [];
  for (const { value, path } of blog ? linkedDataValues(blog, 'liveBlogUpdate') : []) {
    if (!(value.value instanceof Map)) continue;
    const node = { path, types: [], members: value.value };
    const [text] = linkedDataStrings(node, 'articleBody');
    const [title] = linkedDataStrings(node, 'headline');
    const found = text ?? title;
    if (!found) continue;
    log.chosen(`/article/liveEntries/${entries.length}`, found, 'json-ld-live-blog-update');
    entries.push({
      at: parseDate(linkedDataStrings(node, 'datePublished')[0]?.value ?? ''),
      title: title?.value.slice(0, LONGEST.title),
      text: found.value.slice(0, LONGEST.text),
    });
  }
  return entries;
}

/** A time that stands in front of text: where, and what it says. */
interface TimeMark {
  element: ElementNode;
  said: string;
}

/** Elements of one kind below one parent, each with the time at its start. */
interface Series {
  parent: ElementNode;
  starts: { element: ElementNode; said: string }[];
}

const FEWEST = 4;
/** A report with a few times in it is no live blog: most of its text stands in entries. */
const SHARE_OF_BODY = 0.6;
const CLIMB = 7;
const LONGEST_REPORT = 7 * 86_400_000;
/** What readers write has times as well. */
const THREAD = /forum|thread|viewtopic|message-?(?:list|body)|discussion/i;

function markedEntries(page: Page, body: ChosenBlock[], day: string | undefined, log: ProvenanceLog): LiveEntryData[] {
  if (THREAD.test(page.url ?? '')) return [];
  const blocks = body.map(({ block }) => block);
  const series = longestSeries(timeMarks(page));
  if (!series) return [];
  const entries = rangesOf(series).map(({ said, start, end }) => ({
    said,
    blocks: blocks.filter((block) => block.start >= start && block.start < end && !isBareClock(block.text)),
  }));
  const told = entries.filter((entry) => entry.blocks.length > 0);
  if (told.length < FEWEST || charsOf(told.flatMap((entry) => entry.blocks)) < charsOf(blocks) * SHARE_OF_BODY)
    return [];
  if (!isOfOneEvent(told.map(({ said }) => momentOf(said, day)))) return [];
  return told.slice(0, MOST_ENTRIES).map((entry, i) => {
    const [first] = entry.blocks as [Block];
    const spans = entry.blocks.map(({ start, end }) => ({ start, end }));
    log.chosen(`/article/liveEntries/${i}`, { value: first.text, source: 'text', spans }, 'repeated-time');
    return entryOf(entry.said, entry.blocks, day);
  });
}

/** A live report lasts for days at most; calendars and threads go on for months. */
function isOfOneEvent(moments: (string | undefined)[]): boolean {
  const days = moments.flatMap((moment) => (moment ? [Date.parse(moment.slice(0, 10))] : []));
  return days.length === 0 || Math.max(...days) - Math.min(...days) <= LONGEST_REPORT;
}

function entryOf(said: string, blocks: Block[], day: string | undefined): LiveEntryData {
  const [first] = blocks;
  const heading = first?.role === 'heading' && blocks.length > 1 ? first : undefined;
  const texts = blocks.filter((block) => block !== heading).map(({ text }) => text);
  return {
    at: momentOf(said, day),
    title: heading?.text.slice(0, LONGEST.title),
    text: texts.join('\n\n').slice(0, LONGEST.text),
  };
}

function momentOf(said: string, day: string | undefined): string | undefined {
  const clock = clockAtStart(said);
  return parseDate(said) ?? (day && clock ? `${day.slice(0, 10)}T${clock}` : undefined);
}

/** Every time of day that stands alone or opens a line, comments apart. */
function timeMarks(page: Page): TimeMark[] {
  const elements = elementsNamed(page, 'time').map((element) => ({ element, said: saidBy(element) }));
  const lines = page.blocks
    .filter(({ text, hidden }) => !hidden && (isBareClock(text) || clockAtStart(text) !== undefined))
    .map(({ container, text }) => ({ element: container, said: text.slice(0, 60) }));
  return [...elements, ...lines].filter(
    ({ element, said }) => said !== '' && !isOfComment(element) && !THREAD.test(pathOf(element)),
  );
}

/** The time with its day where the element has it for machines; empty where it names no time of day. */
function saidBy(time: ElementNode): string {
  const forMachines = time.attribute('datetime') ?? '';
  if (parseDate(forMachines)?.includes('T')) return forMachines;
  const shown = cleanText(rawTextOf(time));
  return clockAtStart(shown) || parseDate(shown)?.includes('T') ? shown : '';
}

/** The most numerous group of like siblings that each begin with a time. */
function longestSeries(marks: TimeMark[]): Series | undefined {
  const groups = new Map<ElementNode, Map<string, Map<ElementNode, string>>>();
  for (const { element, said } of marks) {
    let at = element;
    for (let steps = 0; at.parent && steps < CLIMB; at = at.parent, steps++) {
      const kinds = groups.get(at.parent) ?? new Map<string, Map<ElementNode, string>>();
      groups.set(at.parent, kinds);
      const kind = `${at.tag}.${at.attribute('class')?.trim().split(/\s+/, 1)[0] ?? ''}`;
      const members = kinds.get(kind) ?? new Map<ElementNode, string>();
      kinds.set(kind, members);
      if (!members.has(at)) members.set(at, said);
    }
  }
  let longest: Series | undefined;
  for (const [parent, kinds] of groups) {
    for (const members of kinds.values()) {
      if (members.size < FEWEST || members.size <= (longest?.starts.length ?? 0)) continue;
      const starts = [...members].map(([element, said]) => ({ element, said }));
      longest = { parent, starts: starts.sort((a, b) => a.element.start - b.element.start) };
    }
  }
  return longest;
}

/** An entry goes on to the next one; the last one to its own end, or the parent's where its text stands beside it. */
function rangesOf({ parent, starts }: Series): { said: string; start: number; end: number }[] {
  return starts.map(({ element, said }, i) => {
    const next = starts[i + 1]?.element.start;
    const end = next ?? (holdsBlocks(element) ? element.end : parent.end);
    return { said, start: element.start, end: end < 0 ? Infinity : end };
  });
}

function holdsBlocks(element: ElementNode): boolean {
  return element.children.filter(isElement).length > 1 || element.tag === 'article' || element.tag === 'li';
}

function charsOf(blocks: Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}
