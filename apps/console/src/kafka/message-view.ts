import type { KafkaHeader, KafkaMessage } from '@wireroom/contracts';
import { isUtf8 } from 'node:buffer';
import type { FetchedRecord } from './kafka-wire.js';
import type { Placed } from './topic-lane.js';

const SHOWN_BYTES = 2000;
const SHOWN_HEADER_CHARACTERS = 1000;

/** A message as an operator sees it; of a long value only the beginning, unless it is to be whole. */
export function messageView(topic: string, { partition, record }: Placed, { isWhole = false } = {}): KafkaMessage {
  const { key, value } = record;
  return {
    topic,
    partition,
    offset: record.offset,
    time: new Date(Number(record.timestamp)).toISOString(),
    key: key && isUtf8(key) ? key.toString('utf8') : undefined,
    keyBase64: key?.toString('base64'),
    headers: headersOf(record),
    valueBytes: value?.length,
    ...(value ? valueView(value, isWhole) : { isCut: false }),
  };
}

function valueView(value: Buffer, isWhole: boolean): Pick<KafkaMessage, 'text' | 'valueBase64' | 'isCut'> {
  const shown = isWhole ? value : beginningOf(value);
  const isCut = shown.length < value.length;
  if (isUtf8(shown))
    return { text: shown.toString('utf8'), valueBase64: isWhole ? value.toString('base64') : undefined, isCut };
  return { valueBase64: shown.toString('base64'), isCut };
}

/** Ends between two characters where the value is UTF-8. */
function beginningOf(value: Buffer): Buffer {
  let end = Math.min(value.length, SHOWN_BYTES);
  if (end === value.length) return value;
  while (end > 0 && (value[end]! & 0b1100_0000) === 0b1000_0000) end--;
  return value.subarray(0, end);
}

function headersOf({ headers = {} }: FetchedRecord): KafkaHeader[] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((one): KafkaHeader => {
      const bytes = Buffer.from(one);
      return {
        name,
        text: isUtf8(bytes) ? bytes.toString('utf8').slice(0, SHOWN_HEADER_CHARACTERS) : undefined,
        valueBase64: bytes.toString('base64'),
      };
    }),
  );
}
