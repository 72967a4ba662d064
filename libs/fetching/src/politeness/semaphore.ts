/** A number of places, given in the order they were asked for. */
export class Semaphore {
  private taken = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly places: number) {}

  /** Nobody is in and nobody waits. */
  get isIdle(): boolean {
    return this.taken === 0 && this.waiting.length === 0;
  }

  /**
   * Takes a place; the answer gives it back and is to be called once.
   *
   * @param patience rejects when the place is no longer wanted; its reason is thrown
   */
  async enter(patience: Promise<never>): Promise<() => void> {
    if (this.taken < this.places) this.taken++;
    else await this.turn(patience);
    return () => this.leave();
  }

  private async turn(patience: Promise<never>): Promise<void> {
    let call = (): void => {};
    const called = new Promise<void>((resolve) => {
      call = resolve;
      this.waiting.push(call);
    });
    try {
      await Promise.race([called, patience]);
    } catch (error) {
      const at = this.waiting.indexOf(call);
      // Called in the very moment the patience ended: the place is passed on.
      if (at === -1) this.leave();
      else this.waiting.splice(at, 1);
      throw error;
    }
  }

  /** Hands the place to the next in line, or frees it. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.taken--;
  }
}
