import { MOVE_GROUPS, type MaxoutLayer, NewsRecognizer, type RecognizerWeights, WIDTH } from './news-recognizer.js';
import { keyOf, rowsOf } from './string-hash.js';

const PLACE_MARK = 0;
const OPENING_MARK = 1;
const STATE_UNITS = 64;
const PIECES = 2;

const zeros = (length: number) => new Float32Array(length);

/** Passes on the `WIDTH` numbers that begin at `from`; the other pieces of each unit say nothing. */
function passing(width: number, from: number): MaxoutLayer {
  const weights = zeros(WIDTH * 3 * width);
  const bias = zeros(WIDTH * 3).fill(-1e6);
  for (let unit = 0; unit < WIDTH; unit++) {
    weights[unit * 3 * width + from + unit] = 1;
    bias[unit * 3] = 0;
  }
  return { weights, bias, scale: zeros(WIDTH).fill(1), shift: zeros(WIDTH) };
}

/** Nothing is added to what a word is looked up by. */
const silent: MaxoutLayer = { ...passing(3 * WIDTH, WIDTH), scale: zeros(WIDTH) };

/** A network that knows two words by their vectors: "Aldra", a place of one word, and "Lower", which opens one. */
function network(): RecognizerWeights {
  const words = ['Aldra', 'Lower'].map((word) => keyOf(word)).sort((a, b) => (a < b ? -1 : 1));
  const vectors = zeros(2 * WIDTH);
  vectors[words.indexOf(keyOf('Aldra')) * WIDTH + PLACE_MARK] = 1;
  vectors[words.indexOf(keyOf('Lower')) * WIDTH + OPENING_MARK] = 1;
  const hidden = zeros(STATE_UNITS * WIDTH);
  hidden[PLACE_MARK * WIDTH + PLACE_MARK] = 1;
  hidden[OPENING_MARK * WIDTH + OPENING_MARK] = 1;
  const first = zeros(STATE_UNITS * PIECES * STATE_UNITS);
  for (const unit of [PLACE_MARK, OPENING_MARK]) first[unit * PIECES * STATE_UNITS + unit] = 1;
  const names = ['B-GPE', 'L-GPE', 'U-GPE', 'U-', 'O'];
  const moves = zeros(names.length * STATE_UNITS);
  moves[names.indexOf('U-GPE') * STATE_UNITS + PLACE_MARK] = 1;
  moves[names.indexOf('B-GPE') * STATE_UNITS + OPENING_MARK] = 1;
  return {
    norms: new Map(),
    tables: [1, 2, 3, 4].map(() => zeros(8 * WIDTH)),
    keys: BigUint64Array.from(words),
    rows: Uint16Array.of(0, 1),
    vectors,
    layers: [passing(5 * WIDTH, 4 * WIDTH), silent, silent, silent, silent],
    hidden: { weights: hidden, bias: zeros(STATE_UNITS) },
    state: {
      weights: [first, zeros(first.length), zeros(first.length)],
      missing: [1, 2, 3].map(() => zeros(STATE_UNITS * PIECES)),
      bias: zeros(STATE_UNITS * PIECES),
    },
    moves: { names, weights: moves, bias: Float32Array.of(0, 0, 0, 9, 2) },
  };
}

const OUTSIDE = 0;
// Groups of moves at places: after "outside", those for people and organisations come first.
const [BEGIN, , LAST, UNIT] = [9, 10, 11, 12] as const;
const likeliest = (moves: Float32Array) => moves.indexOf(Math.max(...moves));

describe('NewsRecognizer', () => {
  it('gives a vector and the chances of moves for each word', () => {
    const { vectors, moves } = new NewsRecognizer(network()).read(['in', 'Aldra', 'today']);
    expect(vectors.map(({ length }) => length)).toEqual([WIDTH, WIDTH, WIDTH]);
    expect(moves.map(({ length }) => length)).toEqual([MOVE_GROUPS, MOVE_GROUPS, MOVE_GROUPS]);
    expect(moves.map(likeliest)).toEqual([OUTSIDE, UNIT, OUTSIDE]);
    // Of 29 groups each chance has a thousandth added, so that none is nothing.
    const sum = moves[1]!.reduce((total, chance) => total + Math.exp(chance), 0);
    expect(sum).toBeCloseTo(1 + MOVE_GROUPS / 1000, 4);
  });

  it('closes a name that it has opened', () => {
    const { moves } = new NewsRecognizer(network()).read(['Lower', 'Aldra', 'today']);
    expect(moves.map(likeliest)).toEqual([BEGIN, LAST, OUTSIDE]);
  });

  it.each<[string, string, string, number]>([
    ['its norm', 'Colour', 'color', 0],
    ['its norm, where that is its lower case', 'Aldra', 'aldra', 0],
    ['its norm, which is one for all quotation marks', '“', '"', 0],
    ['its first letter', 'Élan', 'É', 1],
    ['its last letters', 'Bridge', 'dge', 2],
    ['its shape', 'Wisconsin2', 'Xxxxxd', 3],
    ['its shape, of four signs of a kind at most', 'WISCONSIN-12345', 'XXXX-dddd', 3],
  ])('looks a word up by %s', (_, word, form, table) => {
    const seed = 8 + table;
    const weights = network();
    const rows = 1024;
    const entries = zeros(rows * WIDTH);
    for (const row of rowsOf(keyOf(form), seed, rows)) entries[row * WIDTH] = 1;
    const layers = [passing(5 * WIDTH, table * WIDTH), ...weights.layers.slice(1)];
    const tables = weights.tables.map((one, at) => (at === table ? entries : one));
    const norms = new Map([[keyOf('Colour'), 'color']]);
    const recognizer = new NewsRecognizer({ ...weights, layers, tables, norms });
    const { vectors } = recognizer.read([word, 'elsewhere']);
    expect(vectors[0]![0]).toBeGreaterThan(5);
    expect(vectors[1]![0]).toBe(0);
  });

  it('lets a word see its neighbours', () => {
    const weights = network();
    const layers = [weights.layers[0]!, passing(3 * WIDTH, 2 * WIDTH), ...weights.layers.slice(2)];
    const read = (...words: string[]) => new NewsRecognizer({ ...weights, layers }).read(words).vectors[0]!;
    expect(read('in', 'Aldra')[PLACE_MARK]).toBeGreaterThan(5);
    expect(read('in', 'town', 'Aldra')[PLACE_MARK]).toBe(0);
  });

  it('makes nothing of nothing', () => {
    expect(new NewsRecognizer(network()).read([])).toEqual({ vectors: [], moves: [] });
  });
});
