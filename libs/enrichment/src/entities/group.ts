import type { EntityData } from '@wireroom/contracts';
import { TITLES } from '../quotes/lexicon.js';

type Mention = Pick<EntityData, 'type' | 'text' | 'start' | 'end'>;

interface Group {
  type: EntityData['type'];
  /** The longest form of the name, not in capitals where it is written otherwise somewhere. */
  name: string;
  /** The same in lower case, and its words. */
  lower: string;
  words: readonly string[];
  mentions: Mention[];
}

// How much frequency and early mention weigh in salience; together 1.
const COUNT_WEIGHT = 0.6;
const EARLY_WEIGHT = 0.4;

/**
 * Groups the mentions of one document: "Mira Holt" and "Holt", "European Fishing Union" and "EFU" are
 * one. Every mention carries the longest form as its name, and the group's salience, 0 to 1.
 */
export function groupMentions(mentions: readonly Mention[], length: number): EntityData[] {
  const groups: Group[] = [];
  const bare = mentions.map((mention) => ({
    mention,
    name: mention.type === 'person' ? withoutTitles(mention.text) : mention.text,
  }));
  // Longer names first, so that a surname finds its full name wherever that stands.
  for (const { mention, name } of bare.sort(
    (a, b) => b.name.length - a.name.length || a.mention.start - b.mention.start,
  )) {
    const lower = name.toLowerCase();
    const one: Group = { type: mention.type, name, lower, words: lower.split(/\s+/), mentions: [mention] };
    const group = groups.find((other) => belongs(one, other));
    if (group) addTo(group, mention, name);
    else groups.push(one);
  }
  const most = Math.max(1, ...groups.map((group) => group.mentions.length));
  return groups
    .flatMap((group) => {
      const salience = salienceOf(group, most, length);
      return group.mentions.map(({ type, text, start, end }) => ({
        type,
        text,
        start,
        end,
        name: group.name,
        salience,
      }));
    })
    .sort((a, b) => a.start - b.start);
}

/** Datelines and headlines shout: the "OTTAWA" of the first line is "Ottawa" where the text says so. */
function addTo(group: Group, mention: Mention, name: string): void {
  group.mentions.push(mention);
  const isSameName = name.toLowerCase() === group.name.toLowerCase();
  if (isSameName && isInCapitals(group.name) && !isInCapitals(name)) group.name = name;
}

function isInCapitals(name: string): boolean {
  return name === name.toUpperCase();
}

function belongs(one: Group, group: Group): boolean {
  if (one.type !== group.type) return false;
  if (one.lower === group.lower) return true;
  if (one.type === 'person') return isPartOfName(one.words, group.words);
  if (one.type === 'organisation') return isPartOfName(one.words, group.words) || one.name === initialsOf(group.name);
  return false;
}

/** "Captain Mira Holt" is Mira Holt; a name of titles only stays. */
function withoutTitles(name: string): string {
  const words = name.split(/\s+/);
  const first = words.findIndex((word) => !TITLES.has(word.toLowerCase().replace(/\.$/, '')));
  return first > 0 ? words.slice(first).join(' ') : name;
}

/** The first or the last words of the longer name. */
function isPartOfName(part: readonly string[], words: readonly string[]): boolean {
  if (part.length >= words.length) return false;
  const standsAt = (first: number) => part.every((word, at) => words[first + at] === word);
  return standsAt(words.length - part.length) || standsAt(0);
}

function initialsOf(name: string): string {
  return name
    .split(/\s+/)
    .filter((word) => /^\p{Lu}/u.test(word))
    .map((word) => word.charAt(0))
    .join('');
}

function salienceOf({ mentions }: Group, most: number, length: number): number {
  const first = Math.min(...mentions.map(({ start }) => start));
  const salience = (COUNT_WEIGHT * mentions.length) / most + EARLY_WEIGHT * (1 - first / Math.max(1, length));
  return Math.round(salience * 1000) / 1000;
}
