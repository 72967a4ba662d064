import { Schema } from 'mongoose';

/** How far a group was behind at one moment. */
export interface KafkaLagDocument {
  /** `<group> <at>`: several consoles that look at the same moment write the same. */
  _id: string;
  group: string;
  at: Date;
  messages: number;
  /** Absent where it could not be read. */
  seconds?: number;
}

const KEPT_SECONDS = 24 * 60 * 60;

export const kafkaLagSchema: Schema<KafkaLagDocument> = new Schema<KafkaLagDocument>(
  {
    _id: { type: String, required: true },
    group: { type: String, required: true },
    at: { type: Date, required: true },
    messages: { type: Number, required: true },
    seconds: Number,
  },
  { collection: 'kafka_lags', strict: 'throw', versionKey: false },
);
kafkaLagSchema.index({ at: 1 }, { expireAfterSeconds: KEPT_SECONDS });
