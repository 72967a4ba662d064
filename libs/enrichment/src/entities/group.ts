import type { EntityData } from '@wireroom/contracts';
import { TITLES } from '../quotes/lexicon.js';

type Mention = Pick<EntityData, 'type' | 'text' | 'start' | 'end'>;

interface Group {
  type: EntityData['type'];
  /** The longest form of the name, not in capitals where it is written otherwise somewhere. */
  name: string;
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
    const group = groups.find((other) => belongs(mention.type, name, other));
    if (group) addTo(group, mention, name);
    else groups.push({ type: mention.type, name, mentions: [mention] });
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

function belongs(type: Mention['type'], text: string, group: Group): boolean {
  if (type !== group.type) return false;
  if (text.toLowerCase() === group.name.toLowerCase()) return true;
  if (type === 'person') return isPartOfName(text, group.name);
  if (type === 'organisation') return text === initialsOf(group.name) || isPartOfName(text, group.name);
  return false;
}

/** "Captain Mira Holt" is Mira Holt; a name of titles only stays. */
function withoutTitles(name: string): string {
  const words = name.split(/\s+/);
  const first = words.findIndex((word) => !TITLES.has(word.toLowerCase().replace(/\.$/, '')));
  return first > 0 ? words.slice(first).join(' ') : name;
}

/** The first or the last words of the longer name. */
function isPartOfName(part: string, name: string): boolean {
  const words = name.toLowerCase().split(/\s+/);
  const others = part.toLowerCase().split(/\s+/);
  if (others.length >= words.length) return false;
  const matches = (slice: string[]) => slice.join(' ') === others.join(' ');
  return matches(words.slice(-others.length)) || matches(words.slice(0, others.length));
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
