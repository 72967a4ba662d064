import type { Connection, Model } from 'mongoose';
import { apiTokenSchema, pendingSignInSchema, sessionSchema, usedTokenSchema } from './access/access.schema.js';
import { alarmSchema } from './alarms/alarm.schema.js';
import { auditSchema } from './audit/audit.schema.js';
import { itemSchema } from './books/item.schema.js';
import { booksPositionSchema, flowTallySchema, ledgerTallySchema, qualityTallySchema } from './books/tally.schema.js';
import { kafkaLagSchema } from './kafka/kafka-lag.schema.js';
import { redriveItemSchema, redriveSchema } from './redrives/redrive.schema.js';

/** Every model of the console's own database; their indexes are in place before anything is served. */
export function consoleModels(mongo: Connection): Model<never>[] {
  return [
    mongo.model('Session', sessionSchema),
    mongo.model('ApiToken', apiTokenSchema),
    mongo.model('UsedToken', usedTokenSchema),
    mongo.model('PendingSignIn', pendingSignInSchema),
    mongo.model('AuditEntry', auditSchema),
    mongo.model('Alarm', alarmSchema),
    mongo.model('Item', itemSchema),
    mongo.model('LedgerTally', ledgerTallySchema),
    mongo.model('FlowTally', flowTallySchema),
    mongo.model('QualityTally', qualityTallySchema),
    mongo.model('BooksPosition', booksPositionSchema),
    mongo.model('Redrive', redriveSchema),
    mongo.model('RedriveItem', redriveItemSchema),
    mongo.model('KafkaLag', kafkaLagSchema),
  ] as unknown as Model<never>[];
}
