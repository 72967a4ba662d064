import mongoose, { type Connection, type Model } from 'mongoose';
import { UnavailableError } from './errors.js';

export interface MongoOptions {
  /** How long an operation waits for a server, and a whole operation may take, milliseconds. */
  timeoutMs?: number;
}

/**
 * Connects one service to its database. Writes are acknowledged by a majority with journal; an operation
 * fails within the timeout when the server is away, and nothing is buffered for later.
 */
export async function connectMongo(uri: string, dbName: string, options: MongoOptions = {}): Promise<Connection> {
  const timeoutMs = options.timeoutMs ?? 5000;
  const connection = mongoose.createConnection(uri, {
    dbName,
    // Tells in the server's log and profile which service asked.
    appName: dbName,
    autoIndex: false,
    autoCreate: false,
    bufferCommands: false,
    maxPoolSize: 20,
    connectTimeoutMS: timeoutMs,
    serverSelectionTimeoutMS: timeoutMs,
    socketTimeoutMS: timeoutMs * 2,
    waitQueueTimeoutMS: timeoutMs,
    ignoreUndefined: true,
    retryWrites: true,
    retryReads: true,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
    compressors: 'none',
  });
  return connection.asPromise();
}

const AWAY = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoServerSelectionError',
  'MongoOperationTimeoutError',
  'MongoNotConnectedError',
  'MongoPoolClearedError',
  'MongoPoolClearedOnNetworkError',
  'MongoPoolClosedError',
  'MongoTopologyClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoWriteConcernError',
  'MongooseServerSelectionError',
]);
// NotWritablePrimary, PrimarySteppedDown, ShutdownInProgress and their kin (the driver's "state change" codes), and OutOfDiskSpace.
const AWAY_CODES = new Set([91, 189, 10107, 11600, 11602, 13435, 13436, 14031, 64]);

/** Runs a database operation, telling "the server is away" apart from every other error. @throws UnavailableError */
export async function whileMongoIsThere<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    if (isAway(error)) throw new UnavailableError('mongodb', { cause: error });
    throw error;
  }
}

function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  // By class too: the driver derives its many network errors from this one.
  const isNetwork = error instanceof mongoose.mongo.MongoNetworkError;
  return isNetwork || AWAY.has(error.name) || (typeof code === 'number' && AWAY_CODES.has(code));
}

/** A declared index is missing or differs, so the service must not serve. */
export class IndexMismatch extends Error {
  constructor(collection: string, problem: string) {
    super(`Indexes of ${collection}: ${problem}`);
    this.name = 'IndexMismatch';
  }
}

/**
 * Creates the declared indexes of the models and checks that they are there. Safe when several instances
 * boot at once.
 *
 * @throws IndexMismatch when existing data or an index of another shape stands in the way.
 */
export async function ensureIndexes(models: Model<never>[]): Promise<void> {
  for (const model of models) {
    await model.createCollection().catch((error: unknown) => {
      if ((error as { codeName?: string }).codeName !== 'NamespaceExists') throw error;
    });
    await model.createIndexes().catch((cause: unknown) => {
      throw new IndexMismatch(model.collection.name, cause instanceof Error ? cause.message : String(cause));
    });
    const present = await model.collection.indexes();
    for (const [key] of model.schema.indexes()) {
      const wanted = JSON.stringify(key);
      if (!present.some((index) => JSON.stringify(index.key) === wanted)) {
        throw new IndexMismatch(model.collection.name, `${wanted} is missing`);
      }
    }
  }
}
