import { MongoClient, MongoServerError, type Db, type Document } from 'mongodb';

/** The name docker-compose.yml uses, too. */
export const REPLICA_SET = 'rs0';
const ALREADY_INITIALIZED = 23;
const ANSWER_TIMEOUT_MS = 1000;

/**
 * Takes the next step towards a primary of a one-member replica set: founds it, or renames its member when the port
 * has changed. Safe to repeat, and to be asked until it says yes.
 *
 * @param uri a direct connection to the member
 * @param member host and port the member is to be known by
 * @returns whether the member takes writes now; errors of the driver mean it doesn't yet
 */
export async function ensurePrimary(uri: string, member: string): Promise<boolean> {
  return withAdmin(uri, async (admin) => {
    const hello = await admin.command({ hello: 1 });
    if (Array.isArray(hello['hosts']) && hello['hosts'].includes(member)) return hello['isWritablePrimary'] === true;
    await foundOrRename(admin, member);
    return false;
  });
}

/** Whether a MongoDB answers at this address. Rejects an address that isn't one. */
export async function isMongoReachable(uri: string, timeoutMs: number): Promise<boolean> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: timeoutMs, connectTimeoutMS: timeoutMs });
  try {
    await client.db('admin').command({ ping: 1 });
    return true;
  } catch {
    return false;
  } finally {
    await client.close();
  }
}

async function foundOrRename(admin: Db, member: string): Promise<void> {
  try {
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members: [{ _id: 0, host: member }] } });
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== ALREADY_INITIALIZED) throw error;
    await renameMember(admin, member);
  }
}

/** What a rename has to know of a set's configuration; the rest is handed back as it came. */
interface SetConfig extends Document {
  version: number;
  members: { host: string }[];
}

async function renameMember(admin: Db, member: string): Promise<void> {
  const { config } = (await admin.command({ replSetGetConfig: 1 })) as { config: SetConfig };
  if (config.members.some(({ host }) => host === member)) return;
  const [first] = config.members;
  const renamed = { ...config, version: config.version + 1, members: [{ ...first, host: member }] };
  await admin.command({ replSetReconfig: renamed, force: true });
}

async function withAdmin<T>(uri: string, ask: (admin: Db) => Promise<T>): Promise<T> {
  const client = new MongoClient(uri, {
    serverSelectionTimeoutMS: ANSWER_TIMEOUT_MS,
    connectTimeoutMS: ANSWER_TIMEOUT_MS,
    socketTimeoutMS: 10 * ANSWER_TIMEOUT_MS,
  });
  try {
    return await ask(client.db('admin'));
  } finally {
    await client.close();
  }
}
