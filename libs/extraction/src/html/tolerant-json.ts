/**
 * Reads JSON as pages really embed it: with comments, CDATA or HTML comment wrappers, raw line breaks
 * in strings, stray or missing commas, a missing end. Every value knows its place in the source, so
 * that a field taken from it can be shown where it stands.
 */
export interface JsonValue {
  /** Strings, numbers, booleans and null as such; containers as their members. */
  value: string | number | boolean | null | JsonValue[] | Map<string, JsonValue>;
  /** Offsets into the source; for strings without their quotation marks. */
  start: number;
  end: number;
}

const MAX_DEPTH = 60;

/** All top-level values in `source[from, to)`; what cannot be read is left out, nothing is thrown. */
export function readJsonValues(source: string, from: number, to: number): JsonValue[] {
  const reader = new TolerantReader(source, from, to);
  const values: JsonValue[] = [];
  for (let value = reader.next(); value; value = reader.next()) values.push(value);
  return values;
}

class TolerantReader {
  constructor(
    private readonly source: string,
    private at: number,
    private readonly end: number,
  ) {}

  /** The next object or array at top level, skipping whatever surrounds it. */
  next(): JsonValue | undefined {
    while (this.at < this.end) {
      const char = this.source[this.at];
      if (char === '{' || char === '[') {
        // `<![CDATA[` is a wrapper, not an array.
        if (char === '[' && /<!\[?$|CDATA$/.test(this.source.slice(Math.max(0, this.at - 8), this.at))) this.at++;
        else return this.value(0);
      } else this.at++;
    }
    return undefined;
  }

  private value(depth: number): JsonValue | undefined {
    this.skipNoise();
    const char = this.source[this.at];
    if (this.at >= this.end || char === undefined || depth > MAX_DEPTH) return undefined;
    if (char === '{') return this.object(depth);
    if (char === '[') return this.array(depth);
    if (char === '"') return this.string();
    return this.literal();
  }

  private object(depth: number): JsonValue {
    const start = this.at++;
    const members = new Map<string, JsonValue>();
    while (this.skipNoise() && this.source[this.at] !== '}') {
      if (this.source[this.at] !== '"') {
        this.at++;
        continue;
      }
      const key = this.string().value as string;
      this.skipNoise();
      if (this.source[this.at] !== ':') continue;
      this.at++;
      const before = this.at;
      const value = this.value(depth + 1);
      if (value) members.set(key, value);
      else if (this.at === before) this.at++;
    }
    this.at++;
    return { value: members, start, end: Math.min(this.at, this.end) };
  }

  private array(depth: number): JsonValue {
    const start = this.at++;
    const items: JsonValue[] = [];
    while (this.skipNoise() && this.source[this.at] !== ']') {
      const before = this.at;
      const value = this.value(depth + 1);
      if (value) items.push(value);
      if (this.at === before) this.at++;
    }
    this.at++;
    return { value: items, start, end: Math.min(this.at, this.end) };
  }

  private string(): JsonValue {
    const start = ++this.at;
    let at = start;
    while (at < this.end && !(this.source[at] === '"' && this.closesString(at))) at += this.source[at] === '\\' ? 2 : 1;
    at = Math.min(at, this.end);
    this.at = at + 1;
    return { value: unescape(this.source.slice(start, at)), start, end: at };
  }

  /** An unescaped quotation mark inside a text is not followed by what follows a string. */
  private closesString(at: number): boolean {
    let next = at + 1;
    while (next < this.end && isBlank(this.source.charCodeAt(next))) next++;
    return next >= this.end || ',:}]/'.includes(this.source[next] as string) || this.source[next] === '"';
  }

  private literal(): JsonValue | undefined {
    const start = this.at;
    while (this.at < this.end && /[^\s,:{}[\]"]/.test(this.source[this.at] as string)) this.at++;
    const word = this.source.slice(start, this.at);
    if (!word) return undefined;
    const value = word === 'true' ? true : word === 'false' ? false : word === 'null' ? null : Number(word);
    return typeof value === 'number' && Number.isNaN(value) ? undefined : { value, start, end: this.at };
  }

  /** Skips blanks, commas and comments; false at the end. */
  private skipNoise(): boolean {
    while (this.at < this.end) {
      const code = this.source.charCodeAt(this.at);
      if (isBlank(code) || code === 0x2c) this.at++;
      else if (this.source.startsWith('/*', this.at)) this.skipPast('*/');
      else if (this.source.startsWith('//', this.at)) this.skipPast('\n');
      else if (this.source.startsWith('<!--', this.at)) this.at += 4;
      else break;
    }
    return this.at < this.end;
  }

  private skipPast(mark: string): void {
    const found = this.source.indexOf(mark, this.at);
    this.at = found < 0 ? this.end : Math.min(this.end, found + mark.length);
  }
}

function isBlank(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || code === 0xfeff;
}

const SIMPLE_ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function unescape(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(
    /\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g,
    (_match, hex: string | undefined, char: string | undefined) =>
      hex === undefined ? (SIMPLE_ESCAPES[char ?? ''] ?? char ?? '') : String.fromCharCode(parseInt(hex, 16)),
  );
}
