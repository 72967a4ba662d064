/*
 * Changes which tensors an ONNX model gives out, without any of the tools that would be needed to read it whole.
 * The file is a protocol buffer (https://protobuf.dev/programming-guides/encoding/): fields of a tag and a value,
 * some of which are messages of their own. Field numbers are those of onnx.proto3.
 */

const MODEL_GRAPH = 7;
const GRAPH_OUTPUT = 12;
const VALUE_NAME = 1;
const VALUE_TYPE = 2;
const TYPE_TENSOR = 1;
const TENSOR_ELEMENT = 1;
const FLOAT = 1;
const VARINT = 0;
const FIXED_64 = 1;
const BYTES = 2;
const FIXED_32 = 5;

/**
 * The model with the named tensors of floats for outputs, in their order, in the place of its own. What only served
 * the former outputs is left in, and left out by the runtime when it loads the model.
 *
 * @param {Uint8Array} model
 * @param {string[]} names
 * @throws {Error} when the bytes are no ONNX model
 */
export function withOutputs(model, names) {
  const fields = [...fieldsOf(model)];
  if (!fields.some(isField(MODEL_GRAPH))) throw new Error('this is no ONNX model: it has no graph');
  return Buffer.concat(
    fields.map((field) => (isField(MODEL_GRAPH)(field) ? graphField(field.value, names) : field.raw)),
  );
}

function graphField(graph, names) {
  const kept = [...fieldsOf(graph)].filter((field) => !isField(GRAPH_OUTPUT)(field)).map(({ raw }) => raw);
  return message(MODEL_GRAPH, [...kept, ...names.map(outputField)]);
}

function outputField(name) {
  const element = Buffer.from([tag(TENSOR_ELEMENT, VARINT), FLOAT]);
  const type = message(VALUE_TYPE, [message(TYPE_TENSOR, [element])]);
  return message(GRAPH_OUTPUT, [message(VALUE_NAME, [Buffer.from(name)]), type]);
}

function isField(number) {
  return (field) => field.number === number;
}

/** The fields of a message in order: number, value where that is bytes, and all of it as it stands. */
function* fieldsOf(bytes) {
  let at = 0;
  while (at < bytes.length) {
    const start = at;
    const [key, afterKey] = varintAt(bytes, at);
    const kind = key & 7;
    let value;
    if (kind === VARINT) [, at] = varintAt(bytes, afterKey);
    else if (kind === FIXED_64) at = afterKey + 8;
    else if (kind === FIXED_32) at = afterKey + 4;
    else if (kind === BYTES) {
      const [length, first] = varintAt(bytes, afterKey);
      at = first + length;
      value = bytes.subarray(first, at);
    } else throw new Error('this is no ONNX model: a field of an unknown kind');
    if (at > bytes.length) throw new Error('this is no ONNX model: it breaks off');
    yield { number: Math.floor(key / 8), value, raw: bytes.subarray(start, at) };
  }
}

/** A number of seven bits a byte, the lowest first, and where it ends. */
function varintAt(bytes, start) {
  let value = 0;
  for (let at = start, factor = 1; at < bytes.length; at++, factor *= 128) {
    value += (bytes[at] & 127) * factor;
    if (bytes[at] < 128) return [value, at + 1];
  }
  throw new Error('this is no ONNX model: it breaks off');
}

function message(number, parts) {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([varint(tag(number, BYTES)), varint(length), ...parts]);
}

function tag(number, kind) {
  return number * 8 + kind;
}

function varint(value) {
  const bytes = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) + 128);
  }
}
