import { Controller } from '@nestjs/common';
import { CONSOLE_ROUTES, type ChannelsOverview } from '@wireroom/contracts';
import { ConsoleRoute } from '../access/console-route.js';
import { Channels } from './channels.js';

@Controller()
export class ChannelsController {
  constructor(private readonly channels: Channels) {}

  @ConsoleRoute(CONSOLE_ROUTES.channels)
  look(): Promise<ChannelsOverview> {
    return this.channels.look();
  }
}
