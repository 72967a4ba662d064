import { Button } from '@mantine/core';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
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
