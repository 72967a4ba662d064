/**
 * Languages whose month names are read, most likely first: where two disagree (a Croatian October is a Polish
 * November) the first one listed wins. The names come from the ICU data of Node.js.
 */
const LANGUAGES =
  'en de fr es it pt nl sv da nb fi et lv lt pl cs sk sl hu ro bg el ru uk tr ca eu gl is ga cy id vi sw'.split(' ');

const SHORTEST = 3;

const english = new Map('jan feb mar apr may jun jul aug sep oct nov dec'.split(' ').map((name, at) => [name, at + 1]));
let names: Map<string, number> | undefined;

/** The month (1 to 12) a name or its abbreviation of at least three letters stands for, in any of the languages. */
export function monthOf(name: string): number | undefined {
  const wanted = plain(name);
  // Most dates need no more than this, and collecting the others takes some 50 ms.
  const common = english.get(wanted);
  if (common !== undefined) return common;
  names ??= collectNames();
  return names.get(wanted);
}

function collectNames(): Map<string, number> {
  const full = new Map<string, number>();
  const short = new Map<string, number>();
  for (const language of LANGUAGES) {
    for (const [name, month] of namesIn(language)) {
      addOnce(full, name, month);
      for (let length = SHORTEST; length < name.length; length++) addOnce(short, name.slice(0, length), month);
    }
  }
  return new Map([...short, ...full]);
}

/** In some languages a month standing alone and one behind a day are spelled apart: both are taken. */
function namesIn(language: string): [string, number][] {
  const styles: Intl.DateTimeFormatOptions[] = [
    { month: 'long' },
    { month: 'short' },
    { month: 'long', day: 'numeric' },
    { month: 'short', day: 'numeric' },
  ];
  return styles.flatMap((style) => {
    const format = new Intl.DateTimeFormat(language, { ...style, timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, at): [string, number] => {
      const parts = format.formatToParts(Date.UTC(2026, at, 15));
      return [plain(parts.find((part) => part.type === 'month')?.value ?? ''), at + 1];
    }).filter(([name]) => name.length >= SHORTEST && /^\p{L}+$/u.test(name));
  });
}

function addOnce(map: Map<string, number>, name: string, month: number): void {
  if (!map.has(name)) map.set(name, month);
}

function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[\p{M}.]/gu, '')
    .toLowerCase();
}
