import type { MaxoutLayer, RecognizerWeights } from './news-recognizer.js';

/** How the file begins that scripts/encoder/recognizer-file.mjs writes. */
interface Head {
  moves: string[];
  /** Keys of 64 bits in decimal digits. */
  norms: [key: string, norm: string][];
  lists: { name: string; type: keyof typeof LISTS; length: number }[];
}

const LISTS = { Float32Array, Uint16Array, BigUint64Array };
const ALIGNMENT = 8;

type List = Float32Array | Uint16Array | BigUint64Array;

/** The weights in such a file. @throws Error when it is not one */
export function readRecognizerFile(file: Uint8Array): RecognizerWeights {
  // A copy of its own begins where every kind of number may begin.
  const bytes = Uint8Array.from(file);
  const { head, end } = headOf(bytes);
  const lists = listsOf(bytes, head, end);
  const list = <T extends List>(name: string): T => {
    const found = lists.get(name);
    if (!found) throw new Error(`this is no recognizer: it has no ${name}`);
    return found as T;
  };
  const all = (name: string) =>
    head.lists.filter((one) => one.name.startsWith(`${name}.`)).map((one) => list<Float32Array>(one.name));
  const affine = (name: string) => ({
    weights: list<Float32Array>(`${name}.weights`),
    bias: list<Float32Array>(`${name}.bias`),
  });
  const layers = all('layer.weights').map((weights, at): MaxoutLayer => ({
    weights,
    bias: list(`layer.bias.${at}`),
    scale: list(`layer.scale.${at}`),
    shift: list(`layer.shift.${at}`),
  }));
  const state = affine('state');
  return {
    norms: new Map(head.norms.map(([key, norm]) => [BigInt(key), norm])),
    tables: all('table'),
    keys: list('keys'),
    rows: list('rows'),
    vectors: list('vectors'),
    layers,
    hidden: affine('hidden'),
    state: { bias: state.bias, weights: thirds(state.weights), missing: thirds(list('state.missing')) },
    moves: { names: head.moves, ...affine('moves') },
  };
}

function headOf(bytes: Uint8Array): { head: Head; end: number } {
  const length = bytes.length >= 4 ? new DataView(bytes.buffer).getUint32(0, true) : 0;
  try {
    return { head: JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length))) as Head, end: 4 + length };
  } catch (cause) {
    throw new Error('this is no recognizer: its head can not be read', { cause });
  }
}

function listsOf({ buffer, length: size }: Uint8Array<ArrayBuffer>, { lists }: Head, start: number): Map<string, List> {
  let at = start;
  return new Map(
    lists.map(({ name, type, length }) => {
      at = Math.ceil(at / ALIGNMENT) * ALIGNMENT;
      const first = at;
      at += length * LISTS[type].BYTES_PER_ELEMENT;
      if (at > size) throw new Error(`this is no recognizer: it breaks off in ${name}`);
      return [name, new LISTS[type](buffer, first, length)];
    }),
  );
}

/** What there is for each of the three words that a state tells of. */
function thirds(list: Float32Array): Float32Array[] {
  const length = list.length / 3;
  return [0, 1, 2].map((part) => list.subarray(part * length, (part + 1) * length));
}
