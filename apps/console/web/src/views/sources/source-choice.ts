import type { SourceSpec } from '@wireroom/contracts';

/** The settings of a source as they stand in the fields of a form; an empty one is not set. */
export type SourceChoice = Record<SettingName, string>;
type SettingName = keyof SourceSpec;

const UNSET: SourceChoice = {
  name: '',
  kind: 'feed',
  address: '',
  publisher: '',
  intervalSeconds: '',
  minIntervalSeconds: '',
  maxIntervalSeconds: '',
  text: '',
  maxAgeDays: '',
  watchPages: '',
  watchHours: '',
  takenFiles: '',
  ignoreRobots: '',
};

const NUMBERS = new Set<string>([
  'intervalSeconds',
  'minIntervalSeconds',
  'maxIntervalSeconds',
  'maxAgeDays',
  'watchHours',
] satisfies SettingName[]);

/** Settings that only some kinds have. */
const KINDS_WITH: Partial<Record<SettingName, readonly string[]>> = {
  text: ['feed'],
  maxAgeDays: ['feed', 'sitemap'],
  watchPages: ['feed', 'sitemap'],
  watchHours: ['feed', 'sitemap'],
  takenFiles: ['folder'],
};

/** The fields of a new source, or of one that is there. */
export function choiceOf(spec?: SourceSpec): SourceChoice {
  const given = Object.entries(spec ?? {}).map(([name, value]) => [name, textOf(value)]);
  return { ...UNSET, ...(Object.fromEntries(given) as Partial<SourceChoice>) };
}

/** What is asked of ingest, which checks it. */
export function specOf(choice: SourceChoice): SourceSpec {
  const set = Object.entries(choice)
    .map(([name, text]) => [name, text.trim()] as const)
    .filter(([, text]) => text !== '');
  return Object.fromEntries(set.map(([name, text]) => [name, valueOf(name, text)])) as unknown as SourceSpec;
}

/** Whether a setting is one of the chosen kind; one that is set stays in sight, so that it can be taken back. */
export function isOffered(name: SettingName, choice: SourceChoice): boolean {
  return choice[name] !== '' || (KINDS_WITH[name]?.includes(choice.kind) ?? true);
}

function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : '';
  return String(value);
}

function valueOf(name: string, text: string): string | number | boolean {
  if (name === 'watchPages') return true;
  return NUMBERS.has(name) ? Number(text) : text;
}
