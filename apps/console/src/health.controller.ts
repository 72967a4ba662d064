import { Controller, Get, Inject, Res } from '@nestjs/common';
import { MONGO } from '@wireroom/pipeline';
import type { Response } from 'express';
import type { Connection } from 'mongoose';
import { NeedsRole } from './access/console-route.js';
import { ConsoleMetrics } from './console-metrics.js';

/** For the supervisor and Prometheus. The console is there to show what is away, so its own database is all it needs. */
@Controller()
export class HealthController {
  constructor(
    @Inject(MONGO) private readonly mongo: Connection,
    private readonly metrics: ConsoleMetrics,
  ) {}

  @Get('/health/live')
  @NeedsRole('anyone')
  live(): { ok: boolean; reasons: string[] } {
    return { ok: true, reasons: [] };
  }

  @Get('/health/ready')
  @NeedsRole('anyone')
  async ready(@Res() response: Response): Promise<void> {
    const answers = await this.mongo.db?.command({ ping: 1 }).then(
      () => true,
      () => false,
    );
    response
      .status(answers ? 200 : 503)
      .json({ ok: answers === true, reasons: answers ? [] : ['mongodb does not answer'] });
  }

  @Get('/metrics')
  @NeedsRole('anyone')
  async figures(@Res() response: Response): Promise<void> {
    response.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}
