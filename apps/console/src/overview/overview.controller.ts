import { Controller, Query } from '@nestjs/common';
import { type AlarmsAnswer, CONSOLE_ROUTES, type OverviewAnswer, OverviewRequest } from '@wireroom/contracts';
import { ContractPipe } from '@wireroom/pipeline';
import { ConsoleRoute } from '../access/console-route.js';
import { Alarms } from '../alarms/alarms.js';
import { Overview } from './overview.js';

@Controller()
export class OverviewController {
  constructor(
    private readonly overview: Overview,
    private readonly alarms: Alarms,
  ) {}

  @ConsoleRoute(CONSOLE_ROUTES.overview)
  show(@Query(new ContractPipe(OverviewRequest)) request: OverviewRequest): Promise<OverviewAnswer> {
    return this.overview.answer(request);
  }

  @ConsoleRoute(CONSOLE_ROUTES.alarms)
  async listAlarms(): Promise<AlarmsAnswer> {
    return { alarms: await this.alarms.list() };
  }
}
