import { InMemoryClusterIndex } from '@wireroom/enrichment';
import { breaksTheProcess, withoutOwn } from '@wireroom/enrichment/custom-steps';
import { WorkerPool } from '@wireroom/pipeline/worker-pool';
import { inOrder } from '../in-order.js';
import type { PreviewAnswer, PreviewResult } from './preview-item.js';
import type { PreviewTask } from './preview-work.js';
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
  /** Path of the configuration that says which steps run, and the names of the steps that it adds. */
  config?: string;
  own?: string[];
  /** Told why a step failed. */
  onStepFailure?: (id: PreviewAnswer['id'], step: string, reason: string) => void;
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
  const pool = new WorkerPool<PreviewTask, PreviewResult>({
    worker: options.accurateEntities ? ACCURATE_WORKER : WORKER,
    workers: options.threads,
    deadlineMs: options.deadlineMs,
    maxOldSpaceMb: options.memoryMb,
  });
  const clusters = options.clusters ? new InMemoryClusterIndex() : undefined;
  let number = 0;

  /** Who broke a process is not known: should it be a step of the team's own, the item goes on without them. */
  const read = async (task: PreviewTask): Promise<PreviewResult> => {
    const { own = [] } = options;
    try {
      return await pool.run(task);
    } catch (error) {
      const { code } = error as { code?: string };
      if (own.length === 0 || !breaksTheProcess(code)) throw error;
      return markedWithout(own, code, await pool.run({ ...task, without: own }));
    }
  };
  const run = ({ bytes, whole }: InputLine): Promise<PreviewResult> =>
    whole
      ? read({ line: bytes, config: options.config }).catch((error: unknown) => failed(bytes, error))
      : Promise.resolve(failed(bytes, { code: 'bad-line', message: `longer than ${MAX_LINE_BYTES} bytes` }));
  const emitNext = async ({ answer, signature, reasons = {} }: PreviewResult): Promise<void> => {
    number += 1;
    for (const [step, reason] of Object.entries(reasons)) options.onStepFailure?.(answer.id, step, reason);
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

/** @param code how the process ended that also ran the team's own steps */
function markedWithout(own: string[], code: string, result: PreviewResult): PreviewResult {
  const { answer } = result;
  if (!isArticle(answer)) return result;
  const { enrichment, reasons } = withoutOwn({ enrichment: answer.enrichment, reasons: result.reasons }, own, code);
  return { ...result, answer: { ...answer, enrichment }, reasons };
}

function isArticle(answer: PreviewAnswer): answer is Extract<PreviewAnswer, { kind: 'article'; ok: true }> {
  return answer.ok && answer.kind === 'article';
}

function failed(line: Buffer, error: unknown): PreviewResult {
  const { code = 'unexpected', message } = error as { code?: string; message: string };
  return { answer: { id: idOfLine(line.toString('utf8')), ok: false, error: { code, message } } };
}
