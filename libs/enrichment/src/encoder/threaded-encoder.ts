import { MessageChannel, type MessagePort, Worker, receiveMessageOnPort } from 'node:worker_threads';
import type { EncoderAnswer, EncoderThreadData } from './encoder-thread.js';
import type { PieceEncoder } from './token-vectors.js';

// Longer than any window takes, the loading of the model included; the pool that runs the step has its own deadline.
const DEADLINE_MS = 60_000;

interface Line {
  worker: Worker;
  port: MessagePort;
  signal: Int32Array;
}

/**
 * An encoder on onnxruntime-node. A step is synchronous and the runtime is not, so the runtime has a thread of its own,
 * and the caller's thread sleeps until that has answered. The thread starts with the first sequence and keeps no process
 * alive. To stop it while it computes is to abort the process: what has a deadline runs steps in processes of their own.
 */
export class ThreadedEncoder implements PieceEncoder {
  private line?: Line;

  /**
   * @param folder where `model.onnx` and the runtime are
   * @param dimensions numbers in a vector, over all outputs of the model
   * @param entry what the thread runs; tests, which run from source, hand in a compiled one
   */
  constructor(
    private readonly folder: string,
    readonly dimensions: number,
    private readonly entry: URL = new URL('./encoder-thread.js', import.meta.url),
  ) {}

  encode(sequence: readonly number[]): Float32Array {
    const { port, signal } = (this.line ??= this.open());
    Atomics.store(signal, 0, 0);
    port.postMessage(sequence);
    if (Atomics.wait(signal, 0, 0, DEADLINE_MS) === 'timed-out') {
      this.close();
      throw new Error(`the encoder gave no answer within ${DEADLINE_MS} ms`);
    }
    const answer = receiveMessageOnPort(port)!.message as EncoderAnswer;
    if ('error' in answer) throw new Error(`the encoder failed: ${answer.error}`);
    if (answer.rows.length !== sequence.length * this.dimensions) {
      throw new Error(
        `the encoder gave ${answer.rows.length / sequence.length} numbers a piece, not ${this.dimensions}`,
      );
    }
    return answer.rows;
  }

  /** Ends the thread; the next sequence starts another. */
  close(): void {
    void this.line?.worker.terminate();
    this.line = undefined;
  }

  private open(): Line {
    const { port1, port2 } = new MessageChannel();
    const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const workerData: EncoderThreadData = { folder: this.folder, port: port2, signal };
    const worker = new Worker(this.entry, { workerData, transferList: [port2] });
    worker.unref();
    // A thread that dies is replaced with the next sequence.
    worker.on('error', () => this.close());
    return { worker, port: port1, signal };
  }
}
