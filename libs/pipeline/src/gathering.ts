import type { ReceivedMessage } from './received-message.js';
import type { BatchControl } from './stage-runner.js';

/** The part of a batch that one partition brings. */
export interface PartControl {
  isRunning(): boolean;
  /** True once this partition belongs to another. */
  isStale(): boolean;
  heartbeat(): Promise<void>;
  /** Says that everything up to the last message of the part is done. */
  resolve(): void;
  /** Has what is resolved committed soon, of every partition. */
  commit(): void;
}

interface Part {
  messages: ReceivedMessage[];
  control: PartControl;
  finish: () => void;
  fail: (error: unknown) => void;
}

/** Batches under way at once: while one waits for the servers, another is worked on. */
const MAX_RUNNING = 3;

/**
 * Puts together what several partitions bring at the same time, so that at low rates one read, write, send and
 * commit serves them all. A partition hands in its next part when the last one is done, so its order is kept.
 */
export class Gathering {
  private waiting: Part[] = [];
  private running = 0;
  private scheduled = false;

  constructor(
    private readonly run: (messages: ReceivedMessage[], control: BatchControl) => Promise<void>,
    private readonly maxMessages: number,
  ) {}

  /** Resolves when the part is done and its commit is asked for, or was given up because the consumer stops. */
  add(messages: ReceivedMessage[], control: PartControl): Promise<void> {
    return new Promise((finish, fail) => {
      this.waiting.push({ messages, control, finish, fail });
      this.schedule();
    });
  }

  /** The parts of one fetch are handed in one after the other within a turn of the event loop. */
  private schedule(): void {
    if (this.scheduled || this.running >= MAX_RUNNING || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      void this.runTogether(this.waiting.splice(0, this.sizeOfNext()));
      this.schedule();
    });
  }

  private async runTogether(parts: Part[]): Promise<void> {
    this.running++;
    try {
      await this.run(
        parts.flatMap(({ messages }) => messages),
        together(parts.map(({ control }) => control)),
      );
      parts.forEach(({ finish }) => finish());
    } catch (error) {
      parts.forEach(({ fail }) => fail(error));
    } finally {
      this.running--;
      this.schedule();
    }
  }

  private sizeOfNext(): number {
    let total = 0;
    const end = this.waiting.findIndex(({ messages }, index) => {
      total += messages.length;
      return index > 0 && total > this.maxMessages;
    });
    return end === -1 ? this.waiting.length : end;
  }
}

/** One control for all parts; a partition that went to another meanwhile is left out of the commit. */
function together(controls: PartControl[]): BatchControl {
  const [first] = controls;
  if (!first) throw new Error('a batch has at least one part');
  return {
    isRunning: () => first.isRunning(),
    isStale: () => controls.every((control) => control.isStale()),
    heartbeat: () => first.heartbeat(),
    commit: () => {
      const own = controls.filter((control) => !control.isStale());
      own.forEach((control) => control.resolve());
      own[0]?.commit();
    },
  };
}
