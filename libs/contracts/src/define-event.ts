/** One version of one event: its topic, its CloudEvents type and the class its data must keep. */
export interface EventContract<T extends object = object> {
  /** Kafka topic, one per event version. */
  readonly topic: string;
  /** CloudEvents `type`. */
  readonly type: string;
  readonly data: new () => T;
  readonly title: string;
  readonly description: string;
}

/** Declares an event contract; a breaking change of `data` is a new contract on a new `vN` topic. */
export function defineEvent<T extends object>(contract: EventContract<T>): EventContract<T> {
  return Object.freeze(contract);
}
