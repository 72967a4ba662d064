import { Controller, Get, UseGuards } from '@nestjs/common';
import { type ChannelsAnswer, PUBLISHING_ROUTES } from '@wireroom/contracts';
import { OpsGuard } from '@wireroom/pipeline';
import { Channels } from './channels.js';

/** What publishing answers to operators about its channels. */
@Controller()
@UseGuards(OpsGuard)
export class ChannelsController {
  constructor(private readonly channels: Channels) {}

  @Get(PUBLISHING_ROUTES.channels.path)
  look(): Promise<ChannelsAnswer> {
    return this.channels.look();
  }
}
