/** Waits that double from `first` to `most` milliseconds, each shortened at random by up to a half. */
export function* backoff(first: number, most: number): Generator<number, never> {
  for (let wait = first; ; wait = Math.min(wait * 2, most)) yield wait * (0.5 + Math.random() / 2);
}
