import { join } from 'node:path';

/** Where a local Kafka keeps everything. */
export function kafkaDir(dir: string): string {
  return join(dir, 'kafka');
}

/** Where the pid of a local Kafka is noted. */
export function kafkaPidFile(dir: string): string {
  return join(kafkaDir(dir), 'kafka.pid');
}

/** Where a local MongoDB keeps everything. */
export function mongoDir(dir: string): string {
  return join(dir, 'mongo');
}

/** Where the pid of a local MongoDB is noted. */
export function mongoPidFile(dir: string): string {
  return join(mongoDir(dir), 'mongod.pid');
}
