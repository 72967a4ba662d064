import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BackendError } from './backend-error.js';
import { cachedFolder } from './cache.js';
import { DOWNLOAD_MB, requireSpace } from './disk.js';
import type { RunTool } from './run-tool.js';
import { reasonFromLog } from './log-reason.js';

export const KAFKA_VERSION = '4.3.1';
/** Binds Kafka's slf4j 1.7 to the log4j it ships; its Maven artifact leaves that choice to whoever embeds it. */
const LOG_BINDING = { artifact: 'log4j-slf4j-impl', version: '2.25.4' };
const COPY_DEPENDENCIES = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const EXISTING = 'or set KAFKA_BROKERS to a Kafka that runs already';

/**
 * Folder with Kafka's jars, fetched by Maven into the cache on first use (about 45 MB).
 *
 * @throws BackendError `maven-missing`, `download-failed` or `disk-full`
 */
export async function fetchKafkaJars(
  cacheDir: string,
  env: NodeJS.ProcessEnv,
  run: RunTool,
  onProgress: (line: string) => void,
): Promise<string> {
  return cachedFolder(cacheDir, `kafka-${KAFKA_VERSION}`, async (dir) => {
    await requireSpace(dir, DOWNLOAD_MB, 'fetching Kafka');
    onProgress(`Fetching Kafka ${KAFKA_VERSION} by Maven (45 MB, only this once)`);
    const pom = join(dir, 'pom.xml');
    await writeFile(pom, POM);
    const args = ['-B', '-q', '--strict-checksums', '-f', pom, COPY_DEPENDENCIES];
    const result = await run('mvn', [...args, '-DincludeScope=runtime', `-DoutputDirectory=${dir}`], { env });
    if (result.code === undefined) {
      throw new BackendError(
        'maven-missing',
        `Kafka is fetched by Maven, which was not found: install it (Debian: apt-get install maven), ${EXISTING}.`,
      );
    }
    if (result.code !== 0) {
      throw new BackendError(
        'download-failed',
        `Maven could not fetch Kafka ${KAFKA_VERSION} (${reasonFromLog(result.output)}): check the network and Maven's settings, ${EXISTING}.`,
      );
    }
  });
}

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>wireroom</groupId>
  <artifactId>kafka-jars</artifactId>
  <version>${KAFKA_VERSION}</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>${KAFKA_VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>${LOG_BINDING.artifact}</artifactId>
      <version>${LOG_BINDING.version}</version>
    </dependency>
  </dependencies>
</project>
`;
