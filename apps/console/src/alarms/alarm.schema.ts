import type { Alarm, StageName } from '@wireroom/contracts';
import { Schema } from 'mongoose';

/** An alarm from its rise to its end. */
export interface AlarmDocument {
  /** What the alarm is about; the same every time it rises. */
  alarm: string;
  severity: Alarm['severity'];
  message: string;
  since: Date;
  endedAt?: Date;
  stage?: StageName;
  source?: string;
  link?: string;
}

const KEPT_SECONDS = 90 * 24 * 60 * 60;

export const alarmSchema: Schema<AlarmDocument> = new Schema<AlarmDocument>(
  {
    alarm: { type: String, required: true },
    severity: { type: String, required: true },
    message: { type: String, required: true },
    since: { type: Date, required: true },
    endedAt: Date,
    stage: String,
    source: String,
    link: String,
  },
  { collection: 'alarms', strict: 'throw', versionKey: false },
);
alarmSchema.index({ alarm: 1, since: -1 });
alarmSchema.index({ since: -1 });
alarmSchema.index({ endedAt: 1 }, { expireAfterSeconds: KEPT_SECONDS });
