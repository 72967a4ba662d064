import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type MessagePort, workerData } from 'node:worker_threads';

/** What the encoder's thread is told at its start. */
export interface EncoderThreadData {
  /** Folder with `model.onnx`, where `onnxruntime-node` can be resolved. */
  folder: string;
  port: MessagePort;
  /** Set to 1 and notified when an answer lies in the port. */
  signal: Int32Array;
}

export type EncoderAnswer = { rows: Float32Array } | { error: string };

/** As much of onnxruntime-node as is used; the package itself is not there when this is compiled. */
interface Runtime {
  InferenceSession: { create(path: string, options: { intraOpNumThreads: number }): Promise<Session> };
  Tensor: new (type: 'int64', data: BigInt64Array, dims: number[]) => unknown;
}

interface Session {
  outputNames: readonly string[];
  run(inputs: Record<string, unknown>): Promise<Record<string, { data: Float32Array; dims: readonly number[] }>>;
}

type Encode = (sequence: readonly number[]) => Promise<Float32Array>;

/** Answers one sequence of piece numbers after the other; what fails is told, since nobody listens to this thread's errors. */
function serve({ folder, port, signal }: EncoderThreadData): void {
  let encode: Promise<Encode> | undefined;
  port.on('message', (sequence: readonly number[]) => {
    void answer((encode ??= load(folder)), sequence).then((message) => {
      port.postMessage(message);
      Atomics.store(signal, 0, 1);
      Atomics.notify(signal, 0);
    });
  });
}

async function answer(encode: Promise<Encode>, sequence: readonly number[]): Promise<EncoderAnswer> {
  try {
    return { rows: await (await encode)(sequence) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

async function load(folder: string): Promise<Encode> {
  const { InferenceSession, Tensor } = createRequire(join(folder, 'model.onnx'))('onnxruntime-node') as Runtime;
  const session = await InferenceSession.create(join(folder, 'model.onnx'), { intraOpNumThreads: 1 });
  return async (sequence) => {
    const tensor = (value: (at: number) => number) =>
      new Tensor(
        'int64',
        BigInt64Array.from(sequence, (_, at) => BigInt(value(at))),
        [1, sequence.length],
      );
    const outputs = await session.run({
      input_ids: tensor((at) => sequence[at]!),
      attention_mask: tensor(() => 1),
      token_type_ids: tensor(() => 0),
    });
    return sideBySide(
      session.outputNames.map((name) => outputs[name]!.data),
      sequence.length,
    );
  };
}

/** The layers' rows joined: for each piece, its vector of the first layer, then that of the second. */
function sideBySide(layers: readonly Float32Array[], length: number): Float32Array {
  const width = layers[0]!.length / length;
  const rows = new Float32Array(length * layers.length * width);
  layers.forEach((layer, order) => {
    for (let at = 0; at < length; at++) {
      rows.set(layer.subarray(at * width, (at + 1) * width), (at * layers.length + order) * width);
    }
  });
  return rows;
}

serve(workerData as EncoderThreadData);
