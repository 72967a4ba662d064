/*
 * Reads MessagePack (https://github.com/msgpack/msgpack/blob/master/spec.md) as far as the files of a spaCy model
 * use it.
 */

/**
 * A message's value: maps as `Map` (their keys of bytes as strings), bytes as `Uint8Array`,
 * and whole numbers of 64 bits as `bigint`.
 *
 * @param {Uint8Array} bytes
 * @throws {Error} when the bytes are no such message, or break off
 */
export function unpack(bytes) {
  const { value, end } = valueAt(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0);
  if (end !== bytes.length) throw new Error('this is no MessagePack message: it goes on after its end');
  return value;
}

/** How a value begins whose length, or the value itself, is a number of so many bytes. */
const BY_FIRST_BYTE = {
  0xc0: constant(null),
  0xc2: constant(false),
  0xc3: constant(true),
  0xc4: sized('getUint8', 1, bytesAt),
  0xc5: sized('getUint16', 2, bytesAt),
  0xc6: sized('getUint32', 4, bytesAt),
  0xca: number('getFloat32', 4),
  0xcb: number('getFloat64', 8),
  0xcc: number('getUint8', 1),
  0xcd: number('getUint16', 2),
  0xce: number('getUint32', 4),
  0xcf: number('getBigUint64', 8),
  0xd0: number('getInt8', 1),
  0xd1: number('getInt16', 2),
  0xd2: number('getInt32', 4),
  0xd3: number('getBigInt64', 8),
  0xd9: sized('getUint8', 1, textAt),
  0xda: sized('getUint16', 2, textAt),
  0xdb: sized('getUint32', 4, textAt),
  0xdc: sized('getUint16', 2, listAt),
  0xdd: sized('getUint32', 4, listAt),
  0xde: sized('getUint16', 2, mapAt),
  0xdf: sized('getUint32', 4, mapAt),
};

function valueAt(view, at) {
  if (at >= view.byteLength) throw new Error('this is no MessagePack message: it breaks off');
  const first = view.getUint8(at);
  if (first < 0x80) return { value: first, end: at + 1 };
  if (first < 0x90) return mapAt(view, at + 1, first & 15);
  if (first < 0xa0) return listAt(view, at + 1, first & 15);
  if (first < 0xc0) return textAt(view, at + 1, first & 31);
  if (first >= 0xe0) return { value: first - 0x100, end: at + 1 };
  const read = BY_FIRST_BYTE[first];
  if (!read) throw new Error(`this is no MessagePack message that can be read: 0x${first.toString(16)} at ${at}`);
  return read(view, at + 1);
}

function constant(value) {
  return (_, end) => ({ value, end });
}

function number(method, size) {
  return (view, at) => ({ value: view[method](at), end: at + size });
}

function sized(method, size, read) {
  return (view, at) => read(view, at + size, view[method](at));
}

function bytesAt(view, at, length) {
  return { value: new Uint8Array(view.buffer, view.byteOffset + at, length), end: at + length };
}

function textAt(view, at, length) {
  const { value, end } = bytesAt(view, at, length);
  return { value: Buffer.from(value).toString(), end };
}

function listAt(view, at, length) {
  const value = [];
  let end = at;
  for (let left = length; left > 0; left--) {
    const item = valueAt(view, end);
    value.push(item.value);
    end = item.end;
  }
  return { value, end };
}

function mapAt(view, at, length) {
  const { value, end } = listAt(view, at, 2 * length);
  const map = new Map();
  for (let pair = 0; pair < value.length; pair += 2) map.set(keyOf(value[pair]), value[pair + 1]);
  return { value: map, end };
}

function keyOf(value) {
  return value instanceof Uint8Array ? Buffer.from(value).toString() : value;
}
