import type { Role, SessionAnswer } from '@wireroom/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { CallFailed, call, keepCsrfToken } from './call.js';
import { ADDRESSES, type RouteName } from './routes.js';

export const SESSION_KEY = ['session'];

const RANK: Record<Role | 'anyone', number> = { anyone: -1, viewer: 0, operator: 1, admin: 2 };

/** Who is signed in; `null` for nobody. */
export function useSession() {
  return useQuery({ queryKey: SESSION_KEY, queryFn: readSession, staleTime: 5 * 60_000, retry: 1 });
}

async function readSession(): Promise<SessionAnswer | null> {
  try {
    const session = await call('session');
    keepCsrfToken(session.csrfToken);
    return session;
  } catch (error) {
    if (error instanceof CallFailed && error.status === 401) return null;
    throw error;
  }
}

/** Signs in and keeps what the answer says. */
export function useSignIn() {
  const queryClient = useQueryClient();
  return useCallback(
    async (token: string) => {
      const session = await call('signIn', { request: { token } });
      keepCsrfToken(session.csrfToken);
      queryClient.setQueryData(SESSION_KEY, session);
    },
    [queryClient],
  );
}

/** Why the signed-in person may not call a route; undefined when they may. */
export function useObstacle(route: RouteName): string | undefined {
  const session = useSession().data;
  if (!session) return 'You are not signed in.';
  return obstacleOf(ADDRESSES[route].role, session.role);
}

export function obstacleOf(needed: Role | 'anyone', role: Role): string | undefined {
  if (RANK[role] >= RANK[needed]) return undefined;
  return `Needs the role ${needed}; you are signed in as ${role}.`;
}
