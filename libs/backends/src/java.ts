import { join } from 'node:path';
import { BackendError } from './backend-error.js';
import type { RunTool } from './run-tool.js';

/** Kafka 4 brokers need Java 17 (https://kafka.apache.org/43/operations/java-version/). */
export const MIN_JAVA = 17;
const ADVICE = `install Java ${MIN_JAVA} or later (Debian: apt-get install openjdk-17-jre-headless), or set KAFKA_BROKERS to a Kafka that runs already`;

/** Path of a Java that runs Kafka: that of JAVA_HOME, else the one on PATH. */
export async function findJava(env: NodeJS.ProcessEnv, run: RunTool): Promise<string> {
  const { command, version } = await probeJava(env, run);
  if (version === undefined)
    throw new BackendError('java-missing', `Kafka needs Java, which was not found: ${ADVICE}.`);
  if (version < MIN_JAVA) {
    throw new BackendError(
      'java-too-old',
      `Kafka needs a newer Java than the ${version} found as ${command}: ${ADVICE}.`,
    );
  }
  return command;
}

/** The Java that would be used, and its major version if there is one. */
export async function probeJava(
  env: NodeJS.ProcessEnv,
  run: RunTool,
): Promise<{ command: string; version: number | undefined }> {
  const command = env['JAVA_HOME'] ? join(env['JAVA_HOME'], 'bin', 'java') : 'java';
  const { code, output } = await run(command, ['-version'], { env });
  return { command, version: code === 0 ? parseJavaVersion(output) : undefined };
}

/** Major version from the first line of `java -version`: 8 for "1.8.0_392", 17 for "17.0.15", 22 for "22-ea". */
export function parseJavaVersion(output: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(output);
  return match ? Number(match[1]) : undefined;
}
