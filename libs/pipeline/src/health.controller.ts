import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Health, type HealthReport } from './health.js';
import { Metrics } from './metrics.js';

/** For the supervisor, for Prometheus, and for whoever opens the service's address in a browser. */
@Controller()
export class HealthController {
  constructor(
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {}

  @Get('/')
  home(@Res() response: Response): void {
    response.redirect('/docs');
  }

  @Get('/health/live')
  live(@Res() response: Response): void {
    answer(response, this.health.live());
  }

  @Get('/health/ready')
  ready(@Res() response: Response): void {
    answer(response, this.health.ready());
  }

  @Get('/metrics')
  async figures(@Res() response: Response): Promise<void> {
    response.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}

function answer(response: Response, report: HealthReport): void {
  response.status(report.ok ? 200 : 503).json(report);
}
