import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { answerInOrder } from './answer-in-order.js';

async function* upTo(count: number, onRead: (number: number) => void = () => undefined): AsyncGenerator<number> {
  for (let number = 0; number < count; number++) {
    onRead(number);
    yield Promise.resolve(number);
  }
}

describe('answerInOrder', () => {
  it('given answers that come out of order, then they are yielded in the order of the inputs', async () => {
    const answers: number[] = [];
    for await (const answer of answerInOrder(upTo(20), 8, (number) => sleep((number * 7) % 5, number)))
      answers.push(answer);
    expect(answers).toEqual(Array.from({ length: 20 }, (_, number) => number));
  });

  it('given a window, then no more than that are worked on at once', async () => {
    let open = 0;
    let most = 0;
    const answer = async (): Promise<void> => {
      most = Math.max(most, ++open);
      await sleep(1);
      open--;
    };
    for await (const _ of answerInOrder(upTo(30), 4, answer));
    expect(most).toBe(4);
  });

  it('given an input that goes on, then the first answers come before it ends', async () => {
    let ended = false;
    async function* endless(): AsyncGenerator<number> {
      yield 1;
      await new Promise((resolve) => setTimeout(resolve, 10_000).unref());
      ended = true;
    }
    const first = await answerInOrder(endless(), 4, (number) => Promise.resolve(number)).next();
    expect([first.value, ended]).toEqual([1, false]);
  });

  it('given a reader that stops taking, then the source is not read far ahead', async () => {
    let read = 0;
    const answers = answerInOrder(
      upTo(1000, () => read++),
      4,
      (number) => Promise.resolve(number),
    );
    await answers.next();
    await sleep(5);
    expect(read).toBeLessThanOrEqual(6);
  });

  it('given no input, then there is no answer', async () => {
    expect(await answerInOrder(upTo(0), 4, (number) => Promise.resolve(number)).next()).toMatchObject({ done: true });
  });
});
