import { withOutputs } from './model-outputs.mjs';

// A model by hand: version 8; a graph with a name and the output "y"; a 32-bit and a 64-bit field.
const OUTPUT_Y = [0x62, 0x03, 0x0a, 0x01, 0x79];
const GRAPH = [0x12, 0x02, 0x67, 0x31, ...OUTPUT_Y];
const model = (graph: number[]) =>
  Buffer.from([0x08, 0x08, 0x3a, graph.length, ...graph, 0x7d, 1, 2, 3, 4, 0x79, 1, 2, 3, 4, 5, 6, 7, 8]);

const output = (name: string) => [
  0x62,
  name.length + 8,
  0x0a,
  name.length,
  ...Buffer.from(name),
  0x12,
  4,
  0x0a,
  2,
  8,
  1,
];

describe('outputs of a model', () => {
  it('are exchanged, and all else stays to the byte', () => {
    const wanted = model([0x12, 0x02, 0x67, 0x31, ...output('lower'), ...output('upper')]);
    expect(withOutputs(model(GRAPH), ['lower', 'upper'])).toEqual(wanted);
  });

  it('may make the graph longer than one byte can count', () => {
    const name = 'n'.repeat(110);
    const changed = withOutputs(model(GRAPH), [name, 'x']);
    expect([...changed.subarray(2, 5)]).toEqual([0x3a, 128 + ((4 + 120 + 11) % 128), 1]);
  });

  it('are not looked for in what is no model', () => {
    expect(() => withOutputs(Buffer.from([0x08, 0x08]), [])).toThrow('it has no graph');
    expect(() => withOutputs(Buffer.from([0x3a, 0x7f, 0x01]), [])).toThrow('it breaks off');
    expect(() => withOutputs(Buffer.from('<html>'), [])).toThrow('this is no ONNX model');
  });
});
