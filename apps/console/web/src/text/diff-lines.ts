import { diffLines, diffWordsWithSpace } from 'diff';

/** A run of characters of a line, and whether it is what makes the line differ. */
export interface Piece {
  text: string;
  isChanged: boolean;
}

/** One line of a comparison, with its number on each side it stands on. */
export interface DiffLine {
  kind: 'same' | 'removed' | 'added';
  before?: number;
  after?: number;
  pieces: Piece[];
}

/** A run of lines left out because nothing changed in it. */
export interface Fold {
  kind: 'fold';
  lines: number;
}

/** Beyond this many edits a comparison says nothing, and would hold up the page; milliseconds for the same reason. */
const BOUNDS = { maxEditLength: 2000, timeout: 1000 };

/**
 * Compares two texts line by line and, where one run of lines replaced another of the same length, word by word.
 *
 * @returns undefined when they have too little in common to compare
 */
export function compareLines(before: string, after: string): DiffLine[] | undefined {
  const changes = diffLines(before, after, BOUNDS);
  if (changes === undefined) return undefined;
  const lines: DiffLine[] = [];
  let left = 1;
  let right = 1;
  for (let index = 0; index < changes.length; index++) {
    const { value, added, removed } = changes[index]!;
    const next = changes[index + 1];
    if (removed && next?.added) {
      const pairs = piecesOf(linesOf(value), linesOf(next.value));
      for (const pieces of pairs.removed) lines.push({ kind: 'removed', before: left++, pieces });
      for (const pieces of pairs.added) lines.push({ kind: 'added', after: right++, pieces });
      index++;
      continue;
    }
    for (const text of linesOf(value)) {
      const pieces = [{ text, isChanged: false }];
      if (removed) lines.push({ kind: 'removed', before: left++, pieces });
      else if (added) lines.push({ kind: 'added', after: right++, pieces });
      else lines.push({ kind: 'same', before: left++, after: right++, pieces });
    }
  }
  return lines;
}

/** Leaves out what did not change, but for a few lines around what did. */
export function folded(lines: readonly DiffLine[], context = 3): (DiffLine | Fold)[] {
  const isNear = lines.map(() => false);
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    const end = Math.min(lines.length - 1, index + context);
    for (let at = Math.max(0, index - context); at <= end; at++) isNear[at] = true;
  });
  const result: (DiffLine | Fold)[] = [];
  lines.forEach((line, index) => {
    const last = result.at(-1);
    if (isNear[index]) result.push(line);
    else if (last?.kind === 'fold') last.lines++;
    else result.push({ kind: 'fold', lines: 1 });
  });
  return result;
}

function piecesOf(removed: string[], added: string[]): { removed: Piece[][]; added: Piece[][] } {
  if (removed.length !== added.length) {
    const whole = (text: string): Piece[] => [{ text, isChanged: false }];
    return { removed: removed.map(whole), added: added.map(whole) };
  }
  const pairs = removed.map((text, index) => wordsOf(text, added[index]!));
  return { removed: pairs.map((pair) => pair.removed), added: pairs.map((pair) => pair.added) };
}

function wordsOf(before: string, after: string): { removed: Piece[]; added: Piece[] } {
  const changes = diffWordsWithSpace(before, after, BOUNDS) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  const side = (left: 'removed' | 'added'): Piece[] =>
    changes
      .filter((change) => change[left] || (!change.added && !change.removed))
      .map((change) => ({ text: change.value, isChanged: change[left] }));
  return { removed: side('removed'), added: side('added') };
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}
