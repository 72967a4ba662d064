import { setTimeout as sleep } from 'node:timers/promises';
import { inOrder } from './in-order.js';

async function* numbers(count: number, onRead: (n: number) => void = () => undefined): AsyncGenerator<number> {
  for (let n = 0; n < count; n++) {
    onRead(n);
    yield n;
  }
}

const bounds = { maxItems: 8, maxWeight: 1000, weigh: () => 1 };

describe('inOrder', () => {
  it('emits in the order of the inputs, whatever takes longer', async () => {
    const out: number[] = [];
    const run = (n: number): Promise<number> => sleep(n % 3 === 0 ? 5 : 0, n);
    await inOrder(numbers(40), run, async (n) => void out.push(n), bounds);
    expect(out).toEqual([...Array(40).keys()]);
  });

  it('emits what is ready without waiting for more input', async () => {
    let emitted = 0;
    const asking = (async function* () {
      for (let n = 0; n < 3; n++) {
        while (emitted < n) await sleep(1);
        yield n;
      }
    })();
    await inOrder(
      asking,
      async (n) => n,
      async () => void (emitted += 1),
      bounds,
    );
    expect(emitted).toBe(3);
  });

  it('reads no further ahead than its bounds', async () => {
    let read = 0;
    let out = 0;
    let furthest = 0;
    const emit = async (): Promise<void> => {
      await sleep(1);
      out += 1;
    };
    const onRead = (n: number): void => {
      read = n + 1;
      furthest = Math.max(furthest, read - out);
    };
    await inOrder(numbers(60, onRead), async (n) => n, emit, bounds);
    expect(out).toBe(60);
    expect(furthest).toBeLessThanOrEqual(bounds.maxItems + 1);
  });

  it('lets an input heavier than the bound go alone', async () => {
    let underWay = 0;
    let most = 0;
    const run = async (): Promise<void> => {
      most = Math.max(most, ++underWay);
      await sleep(1);
      underWay -= 1;
    };
    await inOrder(numbers(5), run, async () => undefined, { ...bounds, weigh: () => 2000 });
    expect(most).toBe(1);
  });

  it('ends with the error of a run that failed, after what came before it', async () => {
    const out: number[] = [];
    const run = async (n: number): Promise<number> => {
      if (n === 3) throw new Error('no such page');
      return sleep(2, n);
    };
    await expect(inOrder(numbers(50), run, async (n) => void out.push(n), bounds)).rejects.toThrow('no such page');
    expect(out).toEqual([0, 1, 2]);
  });

  it('ends with the error of an emit that failed', async () => {
    const emit = async (n: number): Promise<void> => {
      if (n === 3) throw new Error('reader gone');
    };
    await expect(inOrder(numbers(50), async (n) => n, emit, bounds)).rejects.toThrow('reader gone');
  });
});
