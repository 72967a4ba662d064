/*
 * Puts what is needed of a spaCy model into one file that libs/enrichment/src/encoder/recognizer-file.ts reads: the
 * network of its `ner` component, its word vectors, and the norms of its words.
 */
import { decode } from '@msgpack/msgpack';

const VECTOR = 300;
const ALIGNMENT = 8;

/**
 * The file: the length of its head in four bytes, the head in JSON, and the lists of numbers that the head names,
 * all little-endian, each from a multiple of eight bytes on.
 *
 * @param {Record<'ner/model' | 'ner/moves' | 'vocab/vectors' | 'vocab/key2row' | 'vocab/lookups.bin', Uint8Array>} files
 * @throws {Error} when they are not those of such a model
 */
export function recognizerFile(files) {
  const norms = unpack(files['vocab/lookups.bin']).lexeme_norm;
  return packed(
    { moves: moveNames(unpack(files['ner/moves'])), norms: Object.entries(norms) },
    {
      ...networkLists(unpack(files['ner/model']), files['vocab/vectors']),
      ...wordLists(unpack(files['vocab/key2row'])),
    },
  );
}

/** Words are keyed by hashes of 64 bits, and what numpy has packed by names in bytes: both become strings. */
function unpack(bytes) {
  return decode(bytes, {
    useBigInt64: true,
    mapKeyConverter: (key) => (key instanceof Uint8Array ? Buffer.from(key).toString() : String(key)),
  });
}

/** In the order in which the network counts them. */
function moveNames(moves) {
  const kinds = JSON.parse(moves.moves);
  const named = ['B', 'I', 'L', 'U'].flatMap((part, at) => Object.keys(kinds[at + 1]).map((kind) => `${part}-${kind}`));
  return [...named, 'O'];
}

function wordLists(rowOf) {
  const words = Object.entries(rowOf).map(([key, row]) => [BigInt(key), row]);
  words.sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    keys: BigUint64Array.from(words, ([key]) => key),
    rows: Uint16Array.from(words, ([, row]) => row),
  };
}

function networkLists(network, vectors) {
  /** The parameter of each node of that name, in the network's order. */
  const all = (name, parameter) =>
    network.nodes.flatMap((node, at) => {
      const own = node.name === name ? network.params[at]?.[parameter] : undefined;
      return own ? [floats(own.data)] : [];
    });
  const [hidden, state, moves, vectorWeights] = [
    { weights: all('linear', 'W')[1], bias: all('linear', 'b')[1] },
    { weights: all('precomputable_affine', 'W')[0], bias: all('precomputable_affine', 'b')[0] },
    { weights: all('linear', 'W')[0], bias: all('linear', 'b')[0] },
    all('static_vectors', 'W')[0],
  ];
  return {
    ...numbered('table', all('hashembed', 'E')),
    vectors: projected(arrayOf(vectors), vectorWeights),
    ...numbered('layer.weights', all('maxout', 'W')),
    ...numbered('layer.bias', all('maxout', 'b')),
    ...numbered('layer.scale', all('layernorm', 'G')),
    ...numbered('layer.shift', all('layernorm', 'b')),
    'hidden.weights': hidden.weights,
    'hidden.bias': hidden.bias,
    'state.weights': state.weights,
    'state.bias': state.bias,
    'state.missing': all('precomputable_affine', 'pad')[0],
    'moves.weights': moves.weights,
    'moves.bias': moves.bias,
  };
}

function numbered(name, lists) {
  return Object.fromEntries(lists.map((list, at) => [`${name}.${at}`, list]));
}

function floats(bytes) {
  return new Float32Array(Uint8Array.from(bytes).buffer);
}

/** The numbers of an array of numpy's (format 1.0). */
function arrayOf(bytes) {
  const headLength = bytes[8] + 256 * bytes[9];
  return floats(bytes.subarray(10 + headLength));
}

/** Every row of `VECTOR` numbers times the matrix that cuts it down. */
function projected(rows, matrix) {
  const [count, width] = [rows.length / VECTOR, matrix.length / VECTOR];
  const product = new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    for (let unit = 0; unit < width; unit++) {
      let sum = 0;
      for (let at = 0; at < VECTOR; at++) sum += rows[row * VECTOR + at] * matrix[unit * VECTOR + at];
      product[row * width + unit] = sum;
    }
  }
  return product;
}

function packed(head, lists) {
  const names = Object.entries(lists).map(([name, list]) => ({
    name,
    type: list.constructor.name,
    length: list.length,
  }));
  const text = Buffer.from(JSON.stringify({ ...head, lists: names }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const parts = [Buffer.concat([length, text]), ...Object.values(lists).map(bytesOf)];
  return Buffer.concat(parts.flatMap((part) => [part, Buffer.alloc(-part.length & (ALIGNMENT - 1))]));
}

function bytesOf({ buffer, byteOffset, byteLength }) {
  return Buffer.from(buffer, byteOffset, byteLength);
}
