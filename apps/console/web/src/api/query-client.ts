import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { CallFailed } from './call.js';
import { SESSION_KEY } from './session.js';

/** The cache of all answers. An answer of 401 anywhere leads to the sign-in. */
export function createQueryClient(): QueryClient {
  const onError = (error: Error): void => {
    if (error instanceof CallFailed && error.status === 401) client.setQueryData(SESSION_KEY, null);
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5000,
        retry: (failures, error) => failures < 2 && isPassing(error),
        refetchOnWindowFocus: true,
      },
    },
  });
  return client;
}

/** Whether asking again may help. */
function isPassing(error: Error): boolean {
  return error instanceof CallFailed && (error.status === 0 || error.status >= 502);
}
