/** How long more work may join before it is done; what waits is not on an item's way, so it may wait. */
const GATHER_MS = 100;

/**
 * Work that may happen a little later and is worth doing once for many: asked for at any time, done one at a time.
 * The work takes whatever there is to do when it begins.
 */
export class Afterwards {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  /** @param work must not reject; what fails in it is its own to report. */
  constructor(private readonly work: () => Promise<void>) {}

  /** Has the work done soon. */
  soon(): void {
    this.timer ??= setTimeout(() => void this.now(), GATHER_MS);
  }

  /** Has the work done now. @returns when everything asked for so far is done. */
  async now(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const before = this.running;
    const mine = (async () => {
      await before;
      await this.work();
    })();
    this.running = mine;
    await mine;
    if (this.running === mine) this.running = undefined;
  }
}
