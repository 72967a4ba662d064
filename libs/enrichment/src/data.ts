import { readFileSync } from 'node:fs';

/** Reads one of this library's JSON files (`data/...` or `model/...`); the caller names the shape its build script writes. */
export function readData<T>(path: string): T {
  return JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')) as T;
}
