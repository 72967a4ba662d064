import { Lanes } from './lanes.js';

describe('Lanes', () => {
  it('given a lane with work under way, then the next piece begins when it is done', async () => {
    const lanes = new Lanes();
    const said: string[] = [];
    const { promise, resolve } = gate();
    await lanes.begin(0, async () => {
      said.push('first begins');
      await promise;
      said.push('first ends');
    });
    const second = lanes.begin(0, () => Promise.resolve(void said.push('second begins')));
    await lanes.begin(1, () => Promise.resolve(void said.push('other lane')));
    resolve();
    await second;
    await lanes.done();
    expect(said).toEqual(['first begins', 'other lane', 'first ends', 'second begins']);
  });

  it('given work under way, then it is done only when the work is', async () => {
    const lanes = new Lanes();
    const { promise, resolve } = gate();
    let isDone = false;
    await lanes.begin(3, () => promise);
    const done = lanes.done().then(() => (isDone = true));
    await Promise.resolve();
    expect(isDone).toBe(false);
    resolve();
    await done;
    expect(isDone).toBe(true);
  });
});

function gate(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((open) => (resolve = open));
  return { promise, resolve };
}
