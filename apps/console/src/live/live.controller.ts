import { Controller, Res } from '@nestjs/common';
import { CONSOLE_ROUTES } from '@wireroom/contracts';
import type { Response } from 'express';
import { ConsoleRoute } from '../access/console-route.js';
import { LiveHub } from './live-hub.js';

/** A stream is opened anew now and then, so that who may no longer watch does not watch on. */
const LONGEST_STREAM_MS = 10 * 60_000;

@Controller()
export class LiveController {
  constructor(private readonly hub: LiveHub) {}

  @ConsoleRoute(CONSOLE_ROUTES.watch)
  watch(@Res() response: Response): void {
    this.hub.add(response, LONGEST_STREAM_MS);
  }
}
