import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';

/**
 * The state of a view, kept in its address, so that every view can be linked, gone back to and reloaded. A value that
 * is its default is not written.
 */
export function useUrlState<T extends Record<string, string>>(
  defaults: T,
): [state: T, change: (changes: Partial<T>) => void] {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const state = useMemo(() => readState(search, defaults), [search, defaults]);
  const change = useCallback(
    (changes: Partial<T>) => {
      const text = writeState(window.location.search, defaults, changes);
      navigate(text === '' ? path : `${path}?${text}`, { replace: true });
    },
    [navigate, path, defaults],
  );
  return [state, change];
}

/** Values of the known names; an absent one is its default. */
export function readState<T extends Record<string, string>>(search: string, defaults: T): T {
  const parameters = new URLSearchParams(search);
  const entries = Object.entries(defaults).map(([name, fallback]) => [name, parameters.get(name) ?? fallback]);
  return Object.fromEntries(entries) as T;
}

/** The query with the changes in it; parameters that the view does not know stay as they are. */
export function writeState<T extends Record<string, string>>(search: string, defaults: T, changes: Partial<T>): string {
  const parameters = new URLSearchParams(search);
  for (const [name, value] of Object.entries<string | undefined>(changes)) {
    if (value === undefined || value === defaults[name]) parameters.delete(name);
    else parameters.set(name, value);
  }
  return parameters.toString();
}

/** A link into another view, with the state it shall open in; empty and absent values are left out. */
export function linkTo(path: string, state: Record<string, string | number | undefined> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(state)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** A part of a path as it was before it was escaped for it. */
export function fromPath(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
