import type { RobotsQuery } from '@wireroom/intake';

/** One line of input to `preview --ndjson`, its body still in base64. */
export interface PreviewLine {
  id: string | number;
  /** `article`, `body`, or a kind of the intake library. */
  as: string;
  url?: string;
  contentType?: string;
  headers?: Record<string, string>;
  publishedAt?: string;
  /** For `robots`: who asks, and for which address. */
  query?: RobotsQuery;
  bodyBase64: string;
}

/** A line that holds no item. It still gets an answer, with the id where there is one. */
export class BadLineError extends Error {
  readonly code = 'bad-line';

  constructor(
    message: string,
    readonly id: string | number | null,
  ) {
    super(message);
    this.name = 'BadLineError';
  }
}

/** Reads a line. Fields it doesn't know are left out. @throws BadLineError */
export function parseLine(line: string): PreviewLine {
  const value = parseObject(line);
  const id = idOf(value);
  if (id === null) throw new BadLineError('id must be a string or a number', null);
  const { bodyBase64, query, headers } = value;
  if (typeof bodyBase64 !== 'string') throw new BadLineError('bodyBase64 must be a string', id);
  if (!isBase64(bodyBase64)) throw new BadLineError('bodyBase64 is not base64', id);
  const text = (name: string): string | undefined => optionalText(value, name, id);
  return {
    id,
    as: text('as') ?? 'article',
    url: text('url'),
    contentType: text('contentType'),
    publishedAt: text('publishedAt'),
    headers: isRecord(headers) ? textsOf(headers) : undefined,
    query: isRobotsQuery(query) ? query : undefined,
    bodyBase64,
  };
}

/** The id of a line, whatever else is wrong with it; null where it has none. */
export function idOfLine(line: string): string | number | null {
  try {
    return idOf(parseObject(line));
  } catch {
    return null;
  }
}

function parseObject(line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new BadLineError('the line is not JSON', null);
  }
  if (!isRecord(value)) throw new BadLineError('the line is not a JSON object', null);
  return value;
}

function idOf({ id }: Record<string, unknown>): string | number | null {
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

function optionalText(value: Record<string, unknown>, name: string, id: string | number): string | undefined {
  const text = value[name] ?? undefined;
  if (text !== undefined && typeof text !== 'string') throw new BadLineError(`${name} must be a string`, id);
  return text;
}

/** Base64 as RFC 4648 has it, padded or not; line breaks and the URL alphabet pass, as Node decodes both. */
function isBase64(text: string): boolean {
  return /^[A-Za-z0-9+/_\-\s]*={0,2}\s*$/.test(text);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textsOf(record: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

function isRobotsQuery(value: unknown): value is RobotsQuery {
  return isRecord(value) && typeof value['userAgent'] === 'string' && typeof value['url'] === 'string';
}
