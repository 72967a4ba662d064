import { types } from 'node:util';
import { Agent, type Dispatcher, errors } from 'undici';
import type { FailureCode } from '../fetch-answer.js';
import { FetchEnd } from '../fetch-end.js';
import { type Fields, joinFields } from '../http/fields.js';
import { orAborted } from '../abortable.js';
import { type ConnectorOptions, pinnedConnector } from '../address/pinned-connector.js';

export interface TransportOptions extends Omit<ConnectorOptions, 'timeoutMs'> {
  hostConcurrency: number;
}

export interface WireRequest {
  url: URL;
  method: 'GET' | 'HEAD' | 'POST';
  fields: Record<string, string>;
  body?: string | Uint8Array;
}

/** The head of an answer, and its body as it comes over the wire. */
export interface WireAnswer {
  status: number;
  fields: Fields;
  body: Dispatcher.ResponseData['body'];
}

/** Resolving and connecting, each; the deadline of the fetch is above them. */
const CONNECT_MS = 10_000;
/** Ample for the longest security policies that news sites send. */
const HEADER_BYTES = 64 * 1024;
/** An idle connection is closed soon: most hosts are asked again in minutes, not in seconds. */
const KEEP_ALIVE_MS = 4_000;
const LONGEST_KEEP_ALIVE_MS = 30_000;
/** What may remain of a body that nobody wants for its connection to be kept. */
const SHORT_BYTES = 64 * 1024;
const SOON_MS = 1_000;

/** One HTTP/1.1 exchange after the other, over checked and pinned connections. It follows and decodes nothing. */
export class Transport {
  private readonly agent: Agent;

  constructor({ hostConcurrency, ...connector }: TransportOptions) {
    this.agent = new Agent({
      connect: pinnedConnector({ ...connector, timeoutMs: CONNECT_MS }),
      connections: hostConcurrency,
      pipelining: 1,
      maxHeaderSize: HEADER_BYTES,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: LONGEST_KEEP_ALIVE_MS,
      // The deadline of the fetch, which covers both, is the caller's signal.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  /**
   * Sends one request and waits for the head of the answer.
   *
   * @throws FetchEnd for everything that goes wrong on the way; the signal's own reason when that fires.
   */
  async send(request: WireRequest, signal: AbortSignal): Promise<WireAnswer> {
    try {
      return await this.sendOnce(request, signal);
    } catch (error) {
      // A server may close an idle connection at the moment a request is written to it (RFC 9112 section 9.3.1).
      if (request.method === 'POST' || !closedWhileIdle(error)) throw asFetchEnd(error, request.url);
      return await this.sendOnce(request, signal).catch((again: unknown) => {
        throw asFetchEnd(again, request.url);
      });
    }
  }

  /** Closes idle connections at once and breaks off the others. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async sendOnce({ url, method, fields, body }: WireRequest, signal: AbortSignal): Promise<WireAnswer> {
    const pending = this.agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: fields,
      body,
      signal,
    });
    // undici hears of an abort only once a connection stands; who waits for a connection must not wait longer for that.
    const answer = await orAborted(pending, signal).catch((error: unknown) => {
      pending.then(
        ({ body }) => discard(body),
        () => {},
      );
      throw error;
    });
    return { status: answer.statusCode, fields: joinFields(answer.headers), body: answer.body };
  }
}

/** Gives up a body, and its connection unless the rest is short and comes soon. */
export function discard(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => {});
  body.dump({ limit: SHORT_BYTES, signal: AbortSignal.timeout(SOON_MS) }).catch(() => {});
}

function closedWhileIdle(error: unknown): boolean {
  return error instanceof errors.SocketError && (error.socket?.bytesRead ?? 0) > 0;
}

/** Says in our codes what undici, TLS and the system say in theirs. */
function asFetchEnd(error: unknown, url: URL): unknown {
  return translated(error, url, failureOf);
}

/** The same for an error while a body arrives, when a lost connection means a lost rest. */
export function endOfBody(error: unknown, url: URL): unknown {
  return translated(error, url, (cause) => {
    const code = failureOf(cause);
    return code === 'connect-failed' ? 'truncated' : code;
  });
}

type TransportFailure = Extract<
  FailureCode,
  'timeout' | 'connect-failed' | 'tls-failed' | 'headers-too-large' | 'malformed-answer' | 'truncated' | 'aborted'
>;

const REASONS: Record<TransportFailure, string> = {
  timeout: 'no connection in time',
  'connect-failed': 'no connection',
  'tls-failed': 'no secure connection',
  'headers-too-large': `header fields of over ${HEADER_BYTES} bytes`,
  'malformed-answer': 'no answer in HTTP',
  truncated: 'the answer broke off',
  aborted: 'the fetcher was closed',
};

function translated(error: unknown, { host }: URL, read: (error: Error) => TransportFailure): unknown {
  if (error instanceof FetchEnd || !types.isNativeError(error) || isCallersFault(error)) return error;
  const code = read(error);
  return FetchEnd.failed(code, `${host}: ${REASONS[code]}`, { cause: error });
}

function isCallersFault(error: Error): boolean {
  return error instanceof errors.InvalidArgumentError || error.name === 'TypeError';
}

const TLS_CODES = /^(?:ERR_TLS|ERR_SSL|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO)/;

function failureOf(error: Error & { code?: unknown }): TransportFailure {
  const code = typeof error.code === 'string' ? error.code : '';
  if (error instanceof errors.HeadersOverflowError || code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  if (error instanceof errors.ClientDestroyedError) return 'aborted';
  if (error instanceof errors.HTTPParserError) return 'malformed-answer';
  if (error instanceof errors.ConnectTimeoutError) return 'timeout';
  if (error instanceof errors.ResponseContentLengthMismatchError) return 'truncated';
  return TLS_CODES.test(code) ? 'tls-failed' : 'connect-failed';
}
