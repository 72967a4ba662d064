import type { Line } from './lines.js';

/** A category cut out of a line of glued labels, with its own place in the original. */
export interface Label {
  text: string;
  start: number;
  end: number;
}

/** How many lines in front of the headline labels may stand. */
const REACH = 4;
const MAX_LABEL = 48;

/** Where one label ends and the next begins: a small letter, digit or bracket runs into a capital. */
const GLUE = /(?<=[\p{Ll}\p{Nd})\]])(?=\p{Lu}\p{L})/u;
/** Capitals inside names are no glue: McAllister, MacBride, DeLuca, iPhone, YouTube, LaSalle. */
const NAME_WITH_HUMP = /\b(?:Mc|Mac|De|Di|La|Le|Van|Fitz|O|i|e|You|Face|Linked|Tik|Whats)$/u;

/**
 * Splits the categories that a flattened page glues together ("PoliticsWorldAsia") in the line closest
 * to the headline that has any.
 */
export function labelsBefore(lines: Line[], title: number): Label[] {
  for (let i = title - 1; i >= Math.max(0, title - REACH); i--) {
    const line = lines[i];
    const labels = line ? splitLabels(line) : [];
    if (labels.length > 1) return labels;
  }
  return [];
}

/** Whether a line is nothing but labels glued together: a menu, the way to a section. */
export function isGluedLabels(line: Line): boolean {
  return splitLabels(line).length >= 3;
}

function splitLabels(line: Line): Label[] {
  // Offsets survive only where cleaning changed nothing.
  if (line.text.length !== line.end - line.start || line.text.length > 600) return [];
  const labels: Label[] = [];
  let at = line.start;
  let open = '';
  for (const part of line.text.split(GLUE)) {
    open += part;
    if (NAME_WITH_HUMP.test(open)) continue;
    labels.push(labelAt(open, at));
    at += open.length;
    open = '';
  }
  if (open) labels.push(labelAt(open, at));
  const fits = labels.every(
    ({ text }) =>
      text.length >= 2 && text.length <= MAX_LABEL && !/[.!?;:]$/.test(text) && /^[\p{Lu}\p{Nd}]/u.test(text),
  );
  return fits ? labels : [];
}

function labelAt(raw: string, start: number): Label {
  const text = raw.trim();
  const from = start + raw.indexOf(text);
  return { text, start: from, end: from + text.length };
}
