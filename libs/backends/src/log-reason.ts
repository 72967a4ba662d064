import { readFile } from 'node:fs/promises';

const MAX_REASON_CHARS = 300;

/** The reason a server gave for ending, from the log file it left. */
export async function reasonFromLogFile(file: string): Promise<string> {
  try {
    return reasonFromLog(await readFile(file, 'utf8'));
  } catch {
    return 'it left no log';
  }
}

/**
 * Picks the line of a server's log that says why it ended: the last one marked as an error, else the last one.
 * Understands the JSON lines of MongoDB (`s` is the severity, `msg` and `attr.error` the reason) and of our services
 * (`level`, `msg` and `err`), and the plain lines of Kafka and Java.
 *
 * @returns one line without a full stop, at most 300 characters
 */
export function reasonFromLog(log: string): string {
  const lines = log.split('\n').flatMap((line) => readLine(line.trim()) ?? []);
  const telling = lines.findLast((line) => line.isCause) ?? lines.findLast((line) => line.isError) ?? lines.at(-1);
  return telling ? telling.text.replace(/\.$/, '').slice(0, MAX_REASON_CHARS) : 'it left an empty log';
}

interface LogLine {
  text: string;
  isError: boolean;
  /** Names what lies at the bottom, where the errors around it only report that something failed. */
  isCause: boolean;
}

function readLine(line: string): LogLine | undefined {
  if (line === '') return undefined;
  const json = parseJsonLine(line);
  const text = json?.text ?? line;
  return {
    text,
    isError: json?.isError ?? /\b(ERROR|FATAL|Error:|Exception\b)/.test(line),
    isCause: /address already in use|no space left on device|permission denied|cannot open shared object/i.test(text),
  };
}

interface JsonLine {
  s?: unknown;
  level?: unknown;
  msg?: unknown;
  attr?: { error?: unknown };
  err?: { message?: unknown };
}

const ERROR_LEVELS = new Set<unknown>(['E', 'F', 'error', 'fatal']);

function parseJsonLine(line: string): { text: string; isError: boolean } | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const { s, level, msg, attr, err } = JSON.parse(line) as JsonLine;
    const error = attr?.error ?? err?.message;
    const detail = error === undefined ? '' : `: ${describe(error)}`;
    return { text: `${String(msg)}${detail}`, isError: ERROR_LEVELS.has(s ?? level) };
  } catch {
    return undefined;
  }
}

function describe(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'errmsg' in error) return String(error.errmsg);
  return typeof error === 'string' ? error : JSON.stringify(error);
}
