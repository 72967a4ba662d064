import { Controller, Param, Query, Res } from '@nestjs/common';
import {
  CONSOLE_ROUTES,
  type ItemAnswer,
  type ItemPage,
  ListItemsRequest,
  type OriginalTextAnswer,
  type RevisionAnswer,
} from '@wireroom/contracts';
import { ContractPipe, HttpFailure, contentIdParam, countParam } from '@wireroom/pipeline';
import type { Response } from 'express';
import { ConsoleRoute } from '../access/console-route.js';
import { Items } from './items.js';
import { Journey } from './journey.js';
import { type Original, Originals, textOf } from './originals.js';
import { RevisionDocuments } from './revision-documents.js';

/**
 * What a hostile page may do in the frame: nothing but lay itself out. Neither scripts, forms, links out, nor an
 * origin, nor anything from the network, which would tell its author that somebody looks.
 */
const FRAME_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

/** Items, from list to the bytes they came in. */
@Controller()
export class ItemsController {
  constructor(
    private readonly items: Items,
    private readonly journey: Journey,
    private readonly documents: RevisionDocuments,
    private readonly originals: Originals,
  ) {}

  @ConsoleRoute(CONSOLE_ROUTES.listItems)
  list(@Query(new ContractPipe(ListItemsRequest)) request: ListItemsRequest): Promise<ItemPage> {
    return this.items.list(request);
  }

  @ConsoleRoute(CONSOLE_ROUTES.item)
  async show(@Param('contentId') contentId: string): Promise<ItemAnswer> {
    const id = contentIdParam(contentId);
    return (await this.journey.of(id)) ?? notFound(`no stage knows an item ${id}`);
  }

  @ConsoleRoute(CONSOLE_ROUTES.itemRevision)
  async showRevision(
    @Param('contentId') contentId: string,
    @Param('revision') revision: string,
  ): Promise<RevisionAnswer> {
    const { id, number } = revisionOf(contentId, revision);
    return (await this.documents.of(id, number)) ?? notFound(`no revision ${number} of an item ${id}`);
  }

  @ConsoleRoute(CONSOLE_ROUTES.itemOriginal)
  async download(
    @Param('contentId') contentId: string,
    @Param('revision') revision: string,
    @Res() response: Response,
  ): Promise<void> {
    const { id, number } = revisionOf(contentId, revision);
    const { bytes } = await this.original(id, number);
    response.attachment(`${id}-${number}.bin`).type('application/octet-stream').send(bytes);
  }

  @ConsoleRoute(CONSOLE_ROUTES.itemOriginalText)
  async showText(
    @Param('contentId') contentId: string,
    @Param('revision') revision: string,
  ): Promise<OriginalTextAnswer> {
    const { id, number } = revisionOf(contentId, revision);
    return textOf(await this.original(id, number));
  }

  @ConsoleRoute(CONSOLE_ROUTES.itemOriginalFrame)
  async showFrame(
    @Param('contentId') contentId: string,
    @Param('revision') revision: string,
    @Res() response: Response,
  ): Promise<void> {
    const { id, number } = revisionOf(contentId, revision);
    const original = await this.original(id, number);
    const isPlain = original.contentType?.startsWith('text/plain') ?? false;
    response.setHeader('content-security-policy', FRAME_POLICY);
    response.type(isPlain ? 'text/plain' : 'text/html').send(textOf(original).text);
  }

  private async original(contentId: string, revision: number): Promise<Original> {
    const original = await this.originals.of(contentId, revision);
    return original ?? notFound(`ingest holds no revision ${revision} of an item ${contentId}`);
  }
}

function revisionOf(contentId: string, revision: string): { id: string; number: number } {
  return { id: contentIdParam(contentId), number: countParam(revision, 'revision') };
}

function notFound(message: string): never {
  throw new HttpFailure(404, 'not-found', message);
}
