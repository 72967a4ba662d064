import { Controller, Get, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import { INGEST_ROUTES } from '@wireroom/contracts';
import type { CallbackAnswer, WebSubSubscriber } from '@wireroom/fetching';
import { HttpFailure } from '@wireroom/pipeline';
import type { Request, Response } from 'express';
import { SourceStore } from '../sources/source.store.js';
import { WebSub } from './websub.js';

const CODES: Record<number, string> = {
  400: 'no-challenge',
  401: 'no-signature',
  404: 'not-found',
  410: 'not-subscribed',
};

/** Where hubs call: the one door that stands open to the web. */
@Controller()
export class WebSubController {
  constructor(
    private readonly websub: WebSub,
    private readonly sources: SourceStore,
  ) {}

  @Get(INGEST_ROUTES.verifyPush.path)
  async verify(
    @Param('subscription') id: string,
    @Query() query: Record<string, unknown>,
    @Res() response: Response,
  ): Promise<void> {
    send(response, await this.subscriber().answerVerification(id, query));
  }

  @Post(INGEST_ROUTES.push.path)
  async deliver(
    @Param('subscription') id: string,
    @Headers('x-hub-signature') signature: string | undefined,
    @Req() { body }: Request,
    @Res() response: Response,
  ): Promise<void> {
    const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
    const answer = await this.subscriber().answerDelivery(id, signature, bytes);
    if (answer.source !== undefined) await this.sources.wake(answer.source);
    send(response, answer);
  }

  private subscriber(): WebSubSubscriber {
    if (!this.websub.subscriber) throw new HttpFailure(404, 'not-found', 'this service follows no hubs');
    return this.websub.subscriber;
  }
}

/** A hub's words come back as plain text and as nothing else. */
function send(response: Response, { status, body }: CallbackAnswer): void {
  const code = CODES[status];
  if (code !== undefined) throw new HttpFailure(status, code, body);
  response.status(status).type('text/plain').send(body);
}
