/**
 * Works on up to `window` inputs at once and yields the answers in the inputs' order, each as soon as it and
 * all before it are there. Reading ahead stops when the window is full, so a slow reader slows the source.
 *
 * @param answer must not reject.
 */
export async function* answerInOrder<TIn, TOut>(
  inputs: AsyncIterable<TIn>,
  window: number,
  answer: (input: TIn) => Promise<TOut>,
): AsyncGenerator<TOut> {
  const source = inputs[Symbol.asyncIterator]();
  const open: Promise<TOut>[] = [];
  let next: Promise<IteratorResult<TIn>> | undefined = source.next();

  while (next ?? open.length > 0) {
    const first = open[0];
    const oldest = first?.then(() => 'answer' as const);
    const canRead = next !== undefined && open.length < window;
    const incoming = canRead ? next?.then(() => 'input' as const) : undefined;
    const ready = await Promise.race([oldest, incoming].filter((one) => one !== undefined));

    if (ready === 'answer') {
      yield await open.shift()!;
      continue;
    }
    const input = (await next)!;
    if (input.done) {
      next = undefined;
    } else {
      open.push(answer(input.value));
      next = source.next();
    }
  }
}
