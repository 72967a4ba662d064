import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Counts which of many buffers something still refers to, in a process that was not started with `--expose-gc`. It tells
 * what a reader keeps, and not, as the size of the process would, how busy the collector was.
 */
export class Alive {
  private readonly refs: WeakRef<ArrayBufferLike>[] = [];

  watch(bytes: Uint8Array): void {
    this.refs.push(new WeakRef(bytes.buffer));
  }

  async count(): Promise<number> {
    // What a WeakRef has shown may be collected only in a later turn.
    await turn();
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    return this.refs.filter((ref) => ref.deref()).length;
  }
}
