/** What a handler decided for one event: store this and say it, or record that it is unfit by our rules. */
export type Outcome<TResult> = { kind: 'done'; result: TResult } | { kind: 'skipped'; code: string };

/** The stage has a result: it is stored and said. */
export function done<TResult>(result: TResult): Outcome<TResult> {
  return { kind: 'done', result };
}

/** Unfit by our rules: recorded with its code, counted, committed, not said. */
export function skip(code: string): { kind: 'skipped'; code: string } {
  return { kind: 'skipped', code };
}

/** How a message ended. Every message ends in exactly one of these, and is counted once. */
export const ENDINGS = ['done', 'skipped', 'duplicate', 'dead-lettered'] as const;
export type Ending = (typeof ENDINGS)[number];
