import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { count } from '../text/numbers.js';
import css from './more.module.css';
import { Failure, Loading } from './states.js';

interface PagesProps<TPage> {
  of: UseInfiniteQueryResult<InfiniteData<TPage>>;
  children: (pages: TPage[]) => ReactNode;
}

/** Pages of one list below each other, and the way to the next. */
export function Pages<TPage>({ of, children }: PagesProps<TPage>) {
  if (of.data === undefined) {
    return of.error ? <Failure error={of.error} onRetry={() => void of.refetch()} /> : <Loading lines={8} />;
  }
  return (
    <>
      {children(of.data.pages)}
      {of.isFetchNextPageError && of.error && <Failure error={of.error} />}
      {of.hasNextPage && (
        <div className={css.more}>
          <Button variant="default" loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

interface ShowAllProps {
  shown: number;
  of: number;
  what: string;
  /** Which of them are shown. */
  order: string;
  onAll: (limit: number) => void;
}

/** So many the API gives at most. */
const ALL = 10_000;

/** Says that a list is not whole, and gives the rest on demand. */
export function ShowAll({ shown, of, what, order, onAll }: ShowAllProps) {
  if (shown >= of) return null;
  return (
    <div className={css.more}>
      <span>
        {count(shown)} of {count(of)} {what}, {order}
      </span>
      <Button variant="default" onClick={() => onAll(ALL)}>
        Show all
      </Button>
    </div>
  );
}
