/*
 * How the recognizer that news-recognizer.ts runs looks its strings up: MurmurHash64A for the key of a string, and
 * MurmurHash3 (its 128 bits for 64-bit machines) for the rows that a key is spread over. Both are by Austin Appleby,
 * in the public domain.
 */

const M = 0xc6a4a7935bd1e995n;
const KEY_SEED = 1n;
const FIRST = 0x87c37b91114253d5n;
const SECOND = 0x4cf5ad432745937fn;
const KEY_BYTES = 8n;

const encoder = new TextEncoder();
const cut = (value: bigint): bigint => BigInt.asUintN(64, value);

/** The key of a string, of 64 bits. */
export function keyOf(text: string): bigint {
  const bytes = encoder.encode(text);
  const view = new DataView(bytes.buffer);
  let hash = KEY_SEED ^ cut(BigInt(bytes.length) * M);
  let at = 0;
  for (; at + 8 <= bytes.length; at += 8) {
    let part = cut(view.getBigUint64(at, true) * M);
    part = cut((part ^ (part >> 47n)) * M);
    hash = cut((hash ^ part) * M);
  }
  if (at < bytes.length) {
    let rest = 0n;
    for (let last = bytes.length - 1; last >= at; last--) rest = (rest << 8n) | BigInt(bytes[last]!);
    hash = cut((hash ^ rest) * M);
  }
  hash = cut((hash ^ (hash >> 47n)) * M);
  return hash ^ (hash >> 47n);
}

/** The four rows, of so many, whose sum stands for a key. */
export function rowsOf(key: bigint, seed: number, rows: number): number[] {
  let low = cut(key * FIRST);
  low = cut(cut((low << 31n) | (low >> 33n)) * SECOND) ^ BigInt(seed) ^ KEY_BYTES;
  let high = BigInt(seed) ^ KEY_BYTES;
  low = cut(low + high);
  high = cut(high + low);
  low = mixed(low);
  high = mixed(high);
  low = cut(low + high);
  high = cut(high + low);
  return [low, low >> 32n, high, high >> 32n].map((part) => Number(BigInt.asUintN(32, part)) % rows);
}

function mixed(value: bigint): bigint {
  value = cut((value ^ (value >> 33n)) * 0xff51afd7ed558ccdn);
  value = cut((value ^ (value >> 33n)) * 0xc4ceb9fe1a85ec53n);
  return value ^ (value >> 33n);
}
