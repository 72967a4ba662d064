import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Reads one of this library's JSON files (`data/...` or `model/...`); the caller names the shape its build script writes. */
export function readData<T>(path: string): T {
  return JSON.parse(readText(path)) as T;
}

/** One of this library's JSON files, read when it is first asked for: for what many processes never need. */
export function readDataLater<T>(path: string): () => T {
  let data: T | undefined;
  return () => (data ??= readData<T>(path));
}

/** Reads one of this library's text files. */
export function readText(path: string): string {
  return readFileSync(locate(path), 'utf8');
}

/** Reads one of this library's binary files. */
export function readBytes(path: string): Uint8Array {
  return readFileSync(locate(path));
}

/** Path of a folder of this library, whether it is there or not. */
export function folderOf(name: string): string {
  return fileURLToPath(locate(name));
}

function locate(path: string): URL {
  return new URL(`../${path}`, import.meta.url);
}
