import { type ChildProcess, fork } from 'node:child_process';
import { type MessagePort, workerData } from 'node:worker_threads';
import type { EncoderAnswer } from './encoder-process.js';

/** What the encoder's thread is told at its start. */
export interface EncoderThreadData {
  /** Folder with `model.onnx`, where `onnxruntime-node` can be resolved. */
  folder: string;
  port: MessagePort;
  /** Set to 1 and notified when an answer lies in the port. */
  signal: Int32Array;
}

const PROCESS = new URL('./encoder-process.js', import.meta.url);

/** Hands sequences to the encoder's process, and its answers back. One that died is replaced with the next sequence. */
function serve({ folder, port, signal }: EncoderThreadData): void {
  let encoder: ChildProcess | undefined;
  let isAsked = false;
  const answer = (message: EncoderAnswer): void => {
    if (!isAsked) return;
    isAsked = false;
    port.postMessage(message);
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  };
  const start = (): ChildProcess =>
    fork(PROCESS, [folder], { serialization: 'advanced', execArgv: [] })
      .on('message', answer)
      .on('error', ({ message }) => answer({ error: message }))
      .on('exit', (code, cause) => {
        encoder = undefined;
        answer({ error: `its process ended (${cause ?? `exit code ${code}`})` });
      });
  port.on('message', (sequence: readonly number[]) => {
    isAsked = true;
    (encoder ??= start()).send(sequence);
  });
}

serve(workerData as EncoderThreadData);
