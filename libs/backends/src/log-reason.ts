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
 * Understands the JSON lines of MongoDB (`s` is the severity, `msg` and `attr.error` the reason) and the plain lines
 * of Kafka and Java.
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

function parseJsonLine(line: string): { text: string; isError: boolean } | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as { s?: unknown; msg?: unknown; attr?: { error?: unknown } };
    const detail = entry.attr?.error === undefined ? '' : `: ${describe(entry.attr.error)}`;
    return { text: `${String(entry.msg)}${detail}`, isError: entry.s === 'E' || entry.s === 'F' };
  } catch {
    return undefined;
  }
}

function describe(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'errmsg' in error) return String(error.errmsg);
  return typeof error === 'string' ? error : JSON.stringify(error);
}
