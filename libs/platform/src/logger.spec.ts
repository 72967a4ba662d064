import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';
import pino from 'pino';

/** What the logger writes for one call, parsed, with the raw line. */
function written(log: (logger: ReturnType<typeof createLogger>) => void): {
  line: string;
  fields: Record<string, unknown>;
} {
  const lines: string[] = [];
  const logger = createLogger('quay', 'trace');
  (logger as unknown as Record<symbol, object>)[pino.symbols.streamSym] = { write: (line: string) => lines.push(line) };
  log(logger);
  expect(lines).toHaveLength(1);
  return { line: lines[0]!, fields: JSON.parse(lines[0]!) as Record<string, unknown> };
}

describe('createLogger', () => {
  it('given a message and fields, then they are one JSON line with service and level', () => {
    const { line, fields } = written((logger) => logger.info({ port: 3001 }, 'listening'));
    expect(fields).toMatchObject({ service: 'quay', level: 'info', port: 3001, msg: 'listening' });
    expect(line.trimEnd()).not.toContain('\n');
  });

  it.each([
    ['a line break that would forge a line', 'a\n{"level":"error"}'],
    ['a terminal escape', '\u001b[2Ja'],
    ['an override of direction', 'a\u202eb'],
    ['an isolate', 'a\u2067b'],
  ])('given %s in message, field or error, then it is escaped', (_what, hostile) => {
    const { fields } = written((logger) => logger.warn({ title: hostile, err: new Error(hostile) }, hostile));
    const texts = [fields['title'], fields['msg'], (fields['err'] as { message: string }).message];

    for (const text of texts) expect(text).not.toMatch(/[\n\u001b\u202e\u2067]/);
    for (const text of texts) expect(text).toMatch(/\\u[0-9a-f]{4}/);
  });

  it('given a text of more than 1 kB, then it is cut', () => {
    const { fields } = written((logger) => logger.info({ title: 'x'.repeat(5000) }, 'y'.repeat(5000)));
    expect(String(fields['title'])).toHaveLength(1025);
    expect(String(fields['msg'])).toHaveLength(1025);
  });

  it('given an error with a request hanging on it, then its secrets are not written', () => {
    const error = Object.assign(new Error('refused', { cause: Object.assign(new Error('why'), { token: 'canary' }) }), {
      code: 'ECONNREFUSED',
      config: { headers: { authorization: 'Bearer canary' } },
    });
    const { line, fields } = written((logger) => logger.error({ err: error }, 'call failed'));
    expect(line).not.toContain('canary');
    expect(fields['err']).toMatchObject({
      type: 'Error',
      message: 'refused',
      code: 'ECONNREFUSED',
      cause: { message: 'why' },
    });
  });
});
