import type { ProvenanceData } from '@wireroom/contracts';
import type { BlockExplanation, Extraction } from '@wireroom/extraction';

export type ArticleExtraction = Extract<Extraction, { kind: 'article' }>;

/** One value of an article, where it came from, and what else was found for it. */
export interface FoundField {
  /** `title`, `authors/0`. */
  name: string;
  value: string;
  origin: ProvenanceData;
  /** Other candidates for the same field, those that agree included. */
  others: ProvenanceData[];
}

/** Everything found besides the paragraphs, which the blocks show. */
export function foundFields({ article, provenance }: ArticleExtraction): FoundField[] {
  const records = provenance.filter(({ field }) => !/^\/article\/paragraphs/.test(field));
  return records
    .filter(({ chosen }) => chosen)
    .map((origin) => ({
      name: nameOf(origin.field),
      value: inWords(valueAt(article, nameOf(origin.field))),
      origin,
      others: records.filter(({ field, chosen }) => !chosen && field === origin.field.replace(/\/0$/, '')),
    }));
}

/** The fields that a block gives or confirms. A headline and a byline are no body and yet were not thrown away. */
export function fieldsIn(block: BlockExplanation, fields: FoundField[]): string[] {
  const names = fields
    .filter((field) =>
      [field.origin, ...field.others].some((one) => isIn(block, one) && (one.chosen || saysTheSame(field, one.value))),
    )
    .map(({ name }) => name.replace(/\/\d+$/, ''));
  return [...new Set(names)];
}

/** An element path by its last steps, which tell most: `…>article>p.lead`. */
export function shortPath(source: string): string {
  const steps = source.replace(/^element:/, '').split('>');
  if (steps[0]?.startsWith('html') !== true) return source;
  const inside = steps.filter((step) => !/^(?:html|body)(?:[.#]|$)/.test(step));
  const shown = inside.length ? inside : steps.slice(-1);
  return `${shown.length > MOST_STEPS ? '…>' : ''}${shown.slice(-MOST_STEPS).join('>')}`;
}

const MOST_STEPS = 3;

function nameOf(field: string): string {
  return field.replace(/^\/article\//, '');
}

function valueAt(article: unknown, path: string): unknown {
  return path
    .split('/')
    .reduce<unknown>((at, step) => (at && typeof at === 'object' ? Reflect.get(at, step) : undefined), article);
}

/** An author by name, an image or embed by address. */
function inWords(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === null || typeof value !== 'object') return '';
  const told = ['name', 'url', 'text'].map((key): unknown => Reflect.get(value, key));
  return told.find((each) => typeof each === 'string') ?? JSON.stringify(value);
}

function isIn({ span }: BlockExplanation, { spans }: ProvenanceData): boolean {
  return spans.some(({ start, end }) => start < span.end && end > span.start);
}

const DAY = 10;

function saysTheSame({ name, value }: FoundField, other: string | undefined): boolean {
  return name.endsWith('At') ? other?.slice(0, DAY) === value.slice(0, DAY) : other === value;
}
