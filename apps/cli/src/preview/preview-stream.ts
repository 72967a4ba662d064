import { InMemoryClusterIndex } from '@wireroom/enrichment';
import { WorkerPool } from '@wireroom/pipeline/worker-pool';
import { inOrder } from '../in-order.js';
import type { PreviewAnswer, PreviewResult } from './preview-item.js';
import { idOfLine } from './preview-line.js';
import { type InputLine, readLines } from './read-lines.js';

export interface PreviewOptions {
  threads?: number;
  /** For one item, milliseconds. */
  deadlineMs: number;
  /** Heap for one item, MB. */
  memoryMb: number;
  /** Whether articles are clustered over the run. The index remembers about 5 kB for each article. */
  clusters: boolean;
  /** Whether an encoder looks at names too. */
  accurateEntities: boolean;
}

const WORKER = new URL('./preview.worker.js', import.meta.url);
const ACCURATE_WORKER = new URL('./preview-accurate.worker.js', import.meta.url);
const MAX_LINE_BYTES = 128 * 1024 * 1024;
const READ_AHEAD_BYTES = 64 * 1024 * 1024;
const READ_AHEAD_PER_WORKER = 16;

/**
 * Answers every line of the stream, in order, by a pool of processes. Whatever is in a line, it gets an answer,
 * and costs its neighbours nothing.
 *
 * @param emit called with one answer after the other; the stream is read no faster than it takes them.
 */
export async function previewStream(
  chunks: AsyncIterable<Uint8Array>,
  emit: (answer: PreviewAnswer) => Promise<void>,
  options: PreviewOptions,
): Promise<void> {
  const pool = new WorkerPool<Uint8Array, PreviewResult>({
    worker: options.accurateEntities ? ACCURATE_WORKER : WORKER,
    workers: options.threads,
    deadlineMs: options.deadlineMs,
    maxOldSpaceMb: options.memoryMb,
  });
  const clusters = options.clusters ? new InMemoryClusterIndex() : undefined;
  let number = 0;

  const run = ({ bytes, whole }: InputLine): Promise<PreviewResult> =>
    whole
      ? pool.run(bytes).catch((error: unknown) => failed(bytes, error))
      : Promise.resolve(failed(bytes, { code: 'bad-line', message: `longer than ${MAX_LINE_BYTES} bytes` }));
  const emitNext = async ({ answer, signature }: PreviewResult): Promise<void> => {
    number += 1;
    // Lines are filed by number, as nothing keeps two lines from having one id.
    if (clusters && signature && isArticle(answer)) answer.enrichment.cluster = clusters.assign(signature, `${number}`);
    await emit(answer);
  };

  try {
    await inOrder(readLines(chunks, MAX_LINE_BYTES), run, emitNext, {
      maxItems: pool.workers * READ_AHEAD_PER_WORKER,
      maxWeight: READ_AHEAD_BYTES,
      weigh: ({ bytes }) => bytes.length,
    });
  } finally {
    await pool.close();
  }
}

function isArticle(answer: PreviewAnswer): answer is Extract<PreviewAnswer, { kind: 'article'; ok: true }> {
  return answer.ok && answer.kind === 'article';
}

function failed(line: Buffer, error: unknown): PreviewResult {
  const { code = 'unexpected', message } = error as { code?: string; message: string };
  return { answer: { id: idOfLine(line.toString('utf8')), ok: false, error: { code, message } } };
}
