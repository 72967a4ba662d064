import { Controller, Get, Header, Headers, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import {
  type BatchLineAnswer,
  ContentSubmittedData,
  ContractViolation,
  INGEST_ROUTES,
  type SubmitAnswer,
  decodeJson,
} from '@wireroom/contracts';
import { HttpFailure, OpsGuard, PermanentError, contentIdParam, countParam, failureOf } from '@wireroom/pipeline';
import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { IngestEnv } from './ingest.env.js';
import { IntakeQueue } from './intake-queue.js';
import { answerInOrder } from './answer-in-order.js';
import { type Line, splitLines } from './split-lines.js';
import { RateLimit } from './rate-limit.js';
import { RawItemStore } from './raw-item.store.js';
import { acceptsMediaType, toSubmission } from './submission.js';

const NDJSON = 'application/x-ndjson';
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{1,200}$/;
const BATCH_WINDOW = 512;

/** The HTTP doors. A 2xx means: on disk on a majority. */
@Controller()
export class SubmitContentController {
  private readonly limit: RateLimit;

  constructor(
    private readonly queue: IntakeQueue,
    private readonly store: RawItemStore,
    private readonly env: IngestEnv,
  ) {
    this.limit = new RateLimit(env.INGEST_RATE_PER_SOURCE);
  }

  @Post(INGEST_ROUTES.submit.path)
  @HttpCode(INGEST_ROUTES.submit.status)
  async submit(
    @Req() request: Request,
    @Headers('idempotency-key') key?: string,
    @Headers('traceparent') traceparent?: string,
  ): Promise<SubmitAnswer> {
    if (!Buffer.isBuffer(request.body)) {
      throw new HttpFailure(415, 'unsupported-media-type', 'send one submission as application/json');
    }
    return this.take(request.body, { key: checkedKey(key), traceparent });
  }

  /** Lines are taken in as they arrive and answered in order as soon as they are stored. */
  @Post(INGEST_ROUTES.submitBatch.path)
  @HttpCode(INGEST_ROUTES.submitBatch.status)
  async submitBatch(@Req() request: Request, @Res() response: Response): Promise<void> {
    if (!request.is([NDJSON, 'application/ndjson', 'application/jsonl'])) {
      throw new HttpFailure(415, 'unsupported-media-type', `send submissions as ${NDJSON}, one a line`);
    }
    response.status(INGEST_ROUTES.submitBatch.status).type(NDJSON).flushHeaders();
    const lines = splitLines(request, maxRequestBytes(this.env));
    for await (const answer of answerInOrder(lines, BATCH_WINDOW, (line) => this.answerLine(line))) {
      if (!response.write(`${JSON.stringify(answer)}\n`)) await once(response, 'drain');
    }
    response.end();
  }

  @Get(INGEST_ROUTES.original.path)
  @UseGuards(OpsGuard)
  @Header('content-disposition', 'attachment')
  @Header('content-security-policy', "sandbox; default-src 'none'")
  async original(
    @Param('contentId') id: string,
    @Param('revision') revision: string,
    @Res() response: Response,
  ): Promise<void> {
    const contentId = contentIdParam(id);
    const original = await this.store.original(contentId, countParam(revision, 'revision'));
    if (!original) throw new HttpFailure(404, 'not-found', `no revision ${revision} of ${contentId}`);
    response.type('application/octet-stream').send(original.bytes);
  }

  private async answerLine(line: Line): Promise<BatchLineAnswer> {
    try {
      if (line.bytes === undefined) throw tooLarge();
      return { line: line.number, status: INGEST_ROUTES.submit.status, result: await this.take(line.bytes, {}) };
    } catch (error) {
      const { status, code, message, faults } = failureOf(error);
      return { line: line.number, status, error: { code, message, faults } };
    }
  }

  private async take(bytes: Buffer, request: { key?: string; traceparent?: string }): Promise<SubmitAnswer> {
    const data = decodeJson(ContentSubmittedData, bytes);
    this.checkDoor(data);
    const origin = request.key === undefined ? undefined : originOf(data.source, request.key);
    const arrival = { receivedAt: new Date(), traceparent: request.traceparent, origin };
    const { outcome, contentId, revision, eventId } = await this.queue.take(submissionOf(data, arrival, this.env));
    if (outcome === 'key-reused') {
      throw new HttpFailure(409, 'idempotency-key-reused', 'this Idempotency-Key stood for another submission before');
    }
    return { contentId, revision, eventId, outcome };
  }

  private checkDoor(data: ContentSubmittedData): void {
    if (!acceptsMediaType(data.contentType)) {
      throw new HttpFailure(415, 'unsupported-media-type', `contentType ${data.contentType} holds no text to read`, [
        { field: 'contentType', reason: 'is not text, HTML, XML or JSON' },
      ]);
    }
    const wait = this.limit.take(data.source);
    if (wait > 0) {
      throw new HttpFailure(429, 'too-many-requests', `${data.source} sends faster than its limit`, undefined, {
        'retry-after': String(Math.ceil(wait)),
      });
    }
  }
}

/** Largest request that can hold an original of the allowed size: base64 adds a third, JSON may double a text. */
export function maxRequestBytes(env: IngestEnv): number {
  return env.INGEST_MAX_BODY_BYTES * 2 + 64 * 1024;
}

function submissionOf(
  ...[data, arrival, env]: [ContentSubmittedData, Parameters<typeof toSubmission>[1], IngestEnv]
): ReturnType<typeof toSubmission> {
  try {
    return toSubmission(data, arrival, env.INGEST_MAX_BODY_BYTES);
  } catch (error) {
    if (error instanceof PermanentError && error.code === 'too-large') throw tooLarge(error.message);
    throw error;
  }
}

function tooLarge(message = 'the submission is larger than this door takes'): HttpFailure {
  return new HttpFailure(413, 'too-large', message);
}

function checkedKey(key: string | undefined): string | undefined {
  if (key === undefined || IDEMPOTENCY_KEY.test(key)) return key;
  throw new ContractViolation([{ field: 'Idempotency-Key', reason: 'must be 1 to 200 visible ASCII characters' }]);
}

/** A key belongs to its source, so that two producers can't collide. */
function originOf(source: string, key: string): string {
  return `key:${createHash('sha256').update(`${source}\n${key}`).digest('hex')}`;
}
