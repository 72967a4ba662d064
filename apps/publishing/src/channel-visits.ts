import { Injectable } from '@nestjs/common';
import { CHANNEL_NAMES, type ChannelFailure, type ChannelName } from '@wireroom/contracts';
import { failureOf } from '@wireroom/pipeline';

/** How the requests to one channel ended. */
export interface Visits {
  asked: number;
  failed: number;
  errorStreak: number;
  lastAskedAt?: Date;
  lastError?: ChannelFailure;
}

/** Counts how the requests to each channel end, from this instance's start on. */
@Injectable()
export class ChannelVisits {
  readonly since = new Date();
  private readonly visits = new Map<ChannelName, Visits>(
    CHANNEL_NAMES.map((name) => [name, { asked: 0, failed: 0, errorStreak: 0 }]),
  );

  of(channel: ChannelName): Visits {
    return this.visits.get(channel)!;
  }

  /** Serves one request. What it answers, also an error, goes on as it is. */
  async count<T>(channel: ChannelName, serve: () => Promise<T>): Promise<T> {
    const visits = this.of(channel);
    visits.asked++;
    visits.lastAskedAt = new Date();
    try {
      const answer = await serve();
      visits.errorStreak = 0;
      return answer;
    } catch (error) {
      const { status, code, message: reason } = failureOf(error);
      // Below 500 the fault is the request's, and says nothing of the channel.
      if (status >= 500) {
        visits.failed++;
        visits.errorStreak++;
        visits.lastError = { code, reason, at: new Date().toISOString() };
      }
      throw error;
    }
  }
}
