/** Runs work that shares a name one after the other, in the order it came; all other work side by side. */
export class OneAtATime {
  private readonly last = new Map<string, Promise<unknown>>();

  /** @returns what the work returns, or its error. */
  run<T>(names: string[], work: () => Promise<T>): Promise<T> {
    const before = names.flatMap((name) => this.last.get(name) ?? []);
    const mine = Promise.allSettled(before).then(work);
    const ended = mine.then(
      () => undefined,
      () => undefined,
    );
    for (const name of names) this.last.set(name, ended);
    void ended.then(() => {
      for (const name of names) if (this.last.get(name) === ended) this.last.delete(name);
    });
    return mine;
  }
}
