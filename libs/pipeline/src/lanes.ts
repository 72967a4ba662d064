/**
 * Work in lanes: one piece after the other within a lane, whatever happens in the others. Whoever brings work waits
 * only for the lane to be free, so it can fetch the next piece while this one is under way.
 */
export class Lanes {
  private readonly ends = new Map<number, Promise<void>>();

  /**
   * Begins work as soon as what was brought to the lane before is done.
   *
   * @param work must not reject; what fails in it is its own to report.
   * @returns once the work has begun.
   */
  begin(lane: number, work: () => Promise<void>): Promise<void> {
    const free = this.ends.get(lane) ?? Promise.resolve();
    this.ends.set(lane, free.then(work));
    return free;
  }

  /** Resolves when everything brought so far is done. */
  async done(): Promise<void> {
    await Promise.all(this.ends.values());
  }
}
