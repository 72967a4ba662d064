import { CallFailed, ContentSubmitted, type TopicPlace } from '@wireroom/contracts';
import { createKafka, createLogger } from '@wireroom/platform';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clients } from '../clients.js';
import { fetchJourney } from '../journey.js';
import { submit } from '../submit.js';
import type { System } from '../system/system.js';
import type { RunState } from '../system/state.js';
import { type Evidence, type Progress, judge } from './judge.js';
import { type Sample, keyOf, submissionOf } from './wire.js';

export interface WireRun {
  samples: Sample[];
  system: System;
  run: RunState;
  clients: Clients;
  /** Told whenever a sample got further; all of them, in the order of the wire, absent ones not sent yet. */
  onProgress: (progress: (Progress | undefined)[]) => void;
  signal: AbortSignal;
}

const POLL_MS = 400;
const PATIENCE_MS = 60_000;
const LETTERS = 500;

/**
 * Sends the sample wire in its order and follows every sample until it ended one way or the other.
 *
 * @returns how each ended; a sample still on its way when the signal came has no outcome.
 */
export async function runWire({ samples, system, run, clients, onProgress, signal }: WireRun): Promise<Progress[]> {
  const evidence: (Evidence | undefined)[] = samples.map(() => undefined);
  const progress = (): (Progress | undefined)[] =>
    samples.map(({ entry }, at) => (evidence[at] ? judge(entry, evidence[at]) : undefined));
  const startedAt = Date.now();

  const send = async (): Promise<void> => {
    for (const [at, sample] of samples.entries()) {
      if (signal.aborted) return;
      evidence[at] =
        sample.entry.door === 'http'
          ? await sendByHttp(sample, clients.ingest.baseUrl, signal)
          : await sendToTopic(sample, system, run.brokers);
      onProgress(progress());
    }
  };
  const follow = async (): Promise<void> => {
    while (!signal.aborted) {
      const open = progress().flatMap((one, at) => (one && one.outcome === undefined ? [at] : []));
      await Promise.all(
        open.map(async (at) => {
          evidence[at] = await lookAgain(samples[at]!, evidence[at]!, system, clients, startedAt);
        }),
      );
      onProgress(progress());
      if (evidence.every(Boolean) && progress().every((one) => one?.outcome !== undefined)) return;
      await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
    }
  };
  await Promise.all([send(), follow()]).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
  return samples.map(({ entry }, at) => judge(entry, evidence[at] ?? { sentAt: startedAt }));
}

async function sendByHttp(sample: Sample, ingestUrl: string, signal: AbortSignal): Promise<Evidence> {
  const sentAt = Date.now();
  const answer = await submit(ingestUrl, submissionOf(sample), keyOf(sample), { patienceMs: PATIENCE_MS, signal });
  return { sentAt, answer };
}

/** Puts the raw bytes on the topic, once for all starts of this data folder. */
async function sendToTopic({ entry, bytes }: Sample, system: System, brokers: string[]): Promise<Evidence> {
  const sentAt = Date.now();
  if (system.sentSamples[entry.name]) return { sentAt, isKnown: true };
  const producer = createKafka('wireroom', brokers, createLogger('wireroom', 'silent')).producer();
  await producer.connect();
  try {
    const message = { key: entry.name, value: bytes };
    const [stored] = await producer.send({ topic: ContentSubmitted.topic, acks: -1, messages: [message] });
    await system.rememberSample(entry.name, {
      topic: ContentSubmitted.topic,
      partition: stored?.partition ?? 0,
      offset: stored?.baseOffset ?? '0',
    });
  } finally {
    await producer.disconnect();
  }
  return { sentAt };
}

/** Asks the stages again. One that doesn't answer right now, because it restarts, is asked the next time. */
async function lookAgain(
  { entry }: Sample,
  evidence: Evidence,
  system: System,
  clients: Clients,
  startedAt: number,
): Promise<Evidence> {
  try {
    if (entry.door === 'topic') return { ...evidence, letter: await findLetter(system.sentSamples[entry.name], clients) };
    if (!evidence.answer?.accepted) return evidence;
    const { contentId, revision } = evidence.answer;
    const journey = await fetchJourney(clients, contentId);
    const storedAt = journey.ingest.find((step) => step.revision === revision)?.storedAt;
    const isKnown = storedAt !== undefined && Date.parse(storedAt) < startedAt;
    const seen = { ...evidence, journey, isKnown };
    if (judge(entry, seen).outcome !== 'published') return seen;
    return { ...seen, language: await languageOf(contentId, revision, clients) };
  } catch (error) {
    if (error instanceof CallFailed && (error.status === 0 || error.status === 503)) return evidence;
    throw error;
  }
}

async function findLetter(place: TopicPlace | undefined, { ingest }: Clients): Promise<Evidence['letter']> {
  if (!place) return undefined;
  const { items } = await ingest.listDeadLetters({ limit: LETTERS });
  return items.find(
    ({ place: { topic, partition, offset } }) =>
      topic === place.topic && partition === place.partition && offset === place.offset,
  );
}

async function languageOf(contentId: string, revision: number, { publishing }: Clients): Promise<string | undefined> {
  const { revisions } = await publishing.listRevisions(contentId);
  return revisions.find((one) => one.revision === revision)?.enrichment?.language?.code;
}
