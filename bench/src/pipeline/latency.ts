import type { Backends } from '@wireroom/backends';
import { INGEST_ROUTES } from '@wireroom/contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from '../statistics.js';
import type { SubjectName } from './host.js';
import { HostedSubject } from './hosted-subject.js';
import { createSubmission, submissionMessage } from './items.js';
import { Wire } from './wire.js';

export interface Pace {
  perSecond: number;
  /** What goes through first, at the same pace, and is not counted. */
  warmUpSeconds: number;
  seconds: number;
}

/** Milliseconds from the time an item was meant to be sent to the time its published event was read. */
export interface Latency {
  p50: number;
  p99: number;
}

const SETTLE_MS = 30_000;

/** From Wireroom's HTTP door to the published event. */
export function measureWireroom(backends: Backends, run: string, pace: Pace): Promise<Latency> {
  return measure(backends, 'wireroom', run, pace, (_wire, host) => {
    const address = new URL(INGEST_ROUTES.submit.path, host.url);
    return async (submission) => {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(submission),
      });
      if (answer.status !== INGEST_ROUTES.submit.status) throw new Error(`the door answered ${answer.status}`);
      await answer.arrayBuffer();
    };
  });
}

/**
 * From the first topic to the last. Two bare hops are the floor for anything that passes a message on by Kafka, plain
 * batches for anything that also stores each stage before it passes it on.
 */
export function measureTopics(
  subject: 'bareHops' | 'ceiling',
  backends: Backends,
  run: string,
  pace: Pace,
): Promise<Latency> {
  return measure(backends, subject, run, pace, (wire) => (submission) => wire.send([submissionMessage(submission)]));
}

type Submission = ReturnType<typeof createSubmission>;
type Submit = (submission: Submission) => Promise<void>;

async function measure(
  backends: Backends,
  subject: SubjectName,
  run: string,
  pace: Pace,
  door: (wire: Wire, host: HostedSubject) => Submit,
): Promise<Latency> {
  const { brokers, mongoUri } = backends;
  const wire = await Wire.open(backends, run);
  try {
    const host = await HostedSubject.start(subject, { brokers, mongoUri, namespace: run });
    const submit = door(wire, host);
    const submissions = Array.from({ length: pace.perSecond * (pace.warmUpSeconds + pace.seconds) }, (_, index) =>
      createSubmission(run, index),
    );
    const warmUp = submissions.splice(0, pace.perSecond * pace.warmUpSeconds);
    await sendAtPace(warmUp, pace.perSecond, submit);
    await wire.published(warmUp.length, SETTLE_MS);

    const intended = await sendAtPace(submissions, pace.perSecond, submit);
    await wire.published(warmUp.length + submissions.length, SETTLE_MS);
    await host.stop();

    const latencies = [...intended].map(([contentId, at]) => wire.arrivalOf(contentId)! - at);
    return { p50: percentile(latencies, 50), p99: percentile(latencies, 99) };
  } finally {
    await wire.close();
  }
}

/**
 * An open loop: items go out by the clock, whether or not the earlier ones are through, and a late send counts from
 * when it was meant to happen.
 *
 * @returns when each item was meant to be sent, in order.
 */
async function sendAtPace(submissions: Submission[], perSecond: number, submit: Submit): Promise<Map<string, number>> {
  const intended = new Map<string, number>();
  const underWay: Promise<void>[] = [];
  const began = performance.now();
  for (const [index, submission] of submissions.entries()) {
    const due = began + (index * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    intended.set(submissionMessage(submission).key, due);
    underWay.push(submit(submission));
  }
  await Promise.all(underWay);
  return intended;
}
