export interface InOrderOptions<T> {
  /** Inputs under way or waiting to be emitted, at most. */
  maxItems: number;
  /** And their summed weight; a single heavier one goes alone. */
  maxWeight: number;
  weigh: (input: T) => number;
}

/**
 * Runs inputs side by side and emits their results in the order of the inputs, each as soon as those before it
 * are out. Reads ahead only within its bounds, and no further while `emit` waits: memory stays the same
 * whatever the length of the stream.
 *
 * @throws what the first `run` or `emit` to fail threw; later inputs may have been run by then.
 */
export async function inOrder<T, R>(
  inputs: AsyncIterable<T>,
  run: (input: T) => Promise<R>,
  emit: (result: R, input: T) => Promise<void>,
  { maxItems, maxWeight, weigh }: InOrderOptions<T>,
): Promise<void> {
  let items = 0;
  let weight = 0;
  let emitted = Promise.resolve();
  let roomMade: () => void = () => undefined;

  for await (const input of inputs) {
    const size = weigh(input);
    while (items > 0 && (items >= maxItems || weight + size > maxWeight)) {
      await Promise.race([new Promise<void>((resolve) => (roomMade = resolve)), emitted]);
    }
    items += 1;
    weight += size;
    const result = run(input);
    // A failure is reported where it is awaited, in its turn.
    result.catch(() => undefined);
    emitted = emitted.then(async () => {
      await emit(await result, input);
      items -= 1;
      weight -= size;
      roomMade();
    });
    emitted.catch(() => undefined);
  }
  await emitted;
}
