import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { CallFailed } from '../api/call.js';
import css from './states.module.css';

/** What stands where there is nothing to show, and why that is so. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.state}>
      <svg className={css.flatLine} viewBox="0 0 120 20" aria-hidden="true">
        <path d="M0 10h48l4-3 4 6 4-3h60" />
      </svg>
      <p className={css.title}>{title}</p>
      {children !== undefined && <div className={css.words}>{children}</div>}
    </div>
  );
}

/** The shape of what is about to come; announced once to those who can't see it. */
export function Loading({ lines = 4, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div className={css.loading} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className={css.line} data-short={index % 3 === 2 || undefined} />
      ))}
    </div>
  );
}

/** What went wrong in the console's own words, and a way to try again. */
export function Failure({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const failed = error instanceof CallFailed ? error : undefined;
  return (
    <div className={css.failure} role="alert">
      <p className={css.title}>{failed?.status === 404 ? 'Not found' : 'This could not be shown'}</p>
      <p className={css.words}>{error.message}</p>
      {failed && failed.faults.length > 0 && (
        <ul className={css.faults}>
          {failed.faults.map(({ field, reason }) => (
            <li key={field + reason}>
              <code>{field}</code> {reason}
            </li>
          ))}
        </ul>
      )}
      {failed && (
        <code className={css.code}>{failed.status === 0 ? failed.code : `${failed.status} ${failed.code}`}</code>
      )}
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  );
}

interface AnswerProps<T> {
  of: UseQueryResult<T>;
  lines?: number;
  children: (data: T) => ReactNode;
}

/**
 * One answer in all its states. An answer that is known stays on the page while a newer one is asked for; when that
 * fails, it stays with a word on its age.
 */
export function Answer<T>({ of, lines, children }: AnswerProps<T>) {
  if (of.data === undefined) {
    if (of.error) return <Failure error={of.error} onRetry={() => void of.refetch()} />;
    return <Loading lines={lines} />;
  }
  return (
    <>
      {of.error && (
        <p className={css.stale} role="status">
          Not brought up to date since {new Date(of.dataUpdatedAt).toLocaleTimeString('en-GB')}: {of.error.message}
        </p>
      )}
      {children(of.data)}
    </>
  );
}

/** A sentence that has to be read before going on. */
export function Notice({ tone = 'plain', children }: { tone?: 'plain' | 'warn' | 'bad'; children: ReactNode }) {
  return (
    <div className={css.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      {children}
    </div>
  );
}
