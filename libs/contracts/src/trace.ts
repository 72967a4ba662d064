import { randomUUID } from 'node:crypto';

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
const NO_TRACE = '0'.repeat(32);
const NO_SPAN = '0'.repeat(16);

/** A new span in the trace of `parent`, or the first span of a new trace. W3C Trace Context, version 00. */
export function continueTrace(parent?: string): string {
  const span = randomHex().slice(16);
  const match = parent === undefined ? null : TRACEPARENT.exec(parent);
  if (!match || match[1] === NO_TRACE || match[2] === NO_SPAN) return `00-${randomHex()}-${span}-01`;
  return `00-${match[1]}-${span}-${match[3]}`;
}

/** 32 hex digits. Drawn as a UUID: those Node makes many at a time, where random bytes are a call to the system each. */
function randomHex(): string {
  return randomUUID().replaceAll('-', '');
}

/** The trace id of a traceparent, undefined where it is malformed. */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  return traceparent === undefined ? undefined : (TRACEPARENT.exec(traceparent)?.[1] ?? undefined);
}
