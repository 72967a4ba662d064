import { keyOf, readWire, submissionOf } from './wire.js';

describe('the sample wire', () => {
  it('makes submissions without what is ours alone', async () => {
    const samples = await readWire();
    const [first] = samples;
    expect(Object.keys(submissionOf(first!)).sort()).toEqual(
      expect.arrayContaining(['bodyBase64', 'contentType', 'kind', 'source']),
    );
    for (const sample of samples) expect(submissionOf(sample)).not.toHaveProperty('expect');
    const retraction = samples.find(({ entry }) => entry.kind === 'retraction')!;
    expect(submissionOf(retraction)).not.toHaveProperty('bodyBase64');
  });

  it('gives every sample a key of its own, the same at every start, another when it is changed', async () => {
    const samples = await readWire();
    const keys = samples.map(keyOf);
    expect(new Set(keys).size).toBe(samples.length);
    expect((await readWire()).map(keyOf)).toEqual(keys);
    const changed = { ...samples[0]!, bytes: Buffer.from('changed') };
    expect(keyOf(changed)).not.toBe(keys[0]);
  });
});
