import type { Backends } from '@wireroom/backends';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SubjectName } from './host.js';
import { HostedSubject } from './hosted-subject.js';
import { createSubmission, submissionMessage } from './items.js';
import { Wire } from './wire.js';

export interface Load {
  /** Items that go through first and are not counted. */
  warmUp: number;
  items: number;
}

export interface Throughput {
  itemsPerSecond: number;
  /** CPU of the process that holds the three stages; not of the servers. */
  cpuMsPerItem: number;
}

const RUN_MS = 120_000;
/** What a stage still does after its last event is out: marking and committing. */
const AFTERWARDS_MS = 300;

/** Sends a backlog through a pipeline as fast as it goes: from the first item handed in to the last one published. */
export async function measureThroughput(
  backends: Backends,
  subject: SubjectName,
  run: string,
  load: Load,
  profileDir?: string,
): Promise<Throughput> {
  const { brokers, mongoUri } = backends;
  const wire = await Wire.open(backends, run);
  try {
    const host = await HostedSubject.start(subject, { brokers, mongoUri, namespace: run }, profileDir);
    const messages = Array.from({ length: load.warmUp + load.items }, (_, index) =>
      submissionMessage(createSubmission(run, index)),
    );
    await wire.send(messages.slice(0, load.warmUp));
    await wire.published(load.warmUp, RUN_MS);
    await sleep(AFTERWARDS_MS);

    const cpuBefore = await host.cpuMilliseconds();
    const began = performance.now();
    await wire.send(messages.slice(load.warmUp));
    await wire.published(messages.length, RUN_MS);
    const seconds = (performance.now() - began) / 1000;
    await sleep(AFTERWARDS_MS);
    const cpu = (await host.cpuMilliseconds()) - cpuBefore;

    await host.stop();
    return { itemsPerSecond: load.items / seconds, cpuMsPerItem: cpu / load.items };
  } finally {
    await wire.close();
  }
}
