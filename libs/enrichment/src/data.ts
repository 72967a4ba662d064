import { readFileSync } from 'node:fs';

/** Reads one of this library's JSON files (`data/...` or `model/...`); the caller names the shape its build script writes. */
export function readData<T>(path: string): T {
  return JSON.parse(readFileSync(locate(path), 'utf8')) as T;
}

/** Reads one of this library's binary files. */
export function readBytes(path: string): Uint8Array {
  return readFileSync(locate(path));
}

function locate(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}
