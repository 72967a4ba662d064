import type { Binary } from 'mongodb';

/** What the driver returns for stored bytes: a Buffer through mongoose, a BSON Binary when lean. */
export function bytesOf(value: Buffer | Binary | null | undefined): Buffer | null {
  if (value === null || value === undefined) return null;
  return Buffer.isBuffer(value) ? value : Buffer.from(value.buffer);
}
