import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CallFailed, type ChannelView } from '@wireroom/contracts';
import { Alarms, type RaisedAlarm } from '../alarms/alarms.js';
import { StageClients } from '../stages/stage-clients.js';

/** Raises what keeps readers from what is published. */
@Injectable()
export class ChannelAlarms implements OnModuleInit {
  constructor(
    private readonly alarms: Alarms,
    private readonly stages: StageClients,
  ) {}

  onModuleInit(): void {
    this.alarms.register(() => this.look());
  }

  private async look(): Promise<RaisedAlarm[]> {
    try {
      return alarmsOf((await this.stages.publishing.channels()).channels);
    } catch (error) {
      // That publishing does not answer is an alarm of its own.
      if (error instanceof CallFailed) return [];
      throw error;
    }
  }
}

/** One for each channel that is not well. */
export function alarmsOf(channels: ChannelView[]): RaisedAlarm[] {
  return channels
    .filter(({ health }) => health !== 'ok')
    .map(({ name, health, reasons }) => ({
      id: `channel/${name}`,
      severity: health === 'down' ? 'critical' : 'warning',
      message: `the channel ${name} is ${health}: ${reasons.join('; ')}`,
      stage: 'publishing',
      link: '/channels',
    }));
}
