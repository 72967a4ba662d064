import type { NowAnswer, Redrive } from '@wireroom/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState } from 'react';
import { addressOf } from './routes.js';

export const NOW_KEY = ['now'];
export const redriveKey = (id: string): string[] => ['redrives', id];

/** The stream is late when it missed this many of its two-second ticks. */
const LATE_MS = 8000;

export type LiveState = 'connecting' | 'live' | 'late' | 'lost';

export const LiveContext = createContext<LiveState>('connecting');
export const useLiveState = (): LiveState => useContext(LiveContext);

/** Follows the live stream and puts what it says where the views look for it. */
export function useLiveStream(isSignedIn: boolean): LiveState {
  const queryClient = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    if (!isSignedIn) return undefined;
    const stream = new EventSource(addressOf('watch'));
    let heardAt = Date.now();
    const heard = (): void => {
      heardAt = Date.now();
      setState('live');
    };
    stream.addEventListener('now', ({ data }: MessageEvent<string>) => {
      heard();
      queryClient.setQueryData(NOW_KEY, JSON.parse(data) as NowAnswer);
    });
    stream.addEventListener('redrive', ({ data }: MessageEvent<string>) => {
      heard();
      const redrive = JSON.parse(data) as Redrive;
      queryClient.setQueryData(redriveKey(redrive.id), redrive);
    });
    stream.onerror = () => setState('lost');
    const watch = setInterval(() => {
      if (Date.now() - heardAt > LATE_MS) setState((before) => (before === 'live' ? 'late' : before));
    }, 1000);
    return () => {
      clearInterval(watch);
      stream.close();
    };
  }, [isSignedIn, queryClient]);
  return state;
}

/** What the live stream said last; nothing is asked for here. */
export function useNowAnswer(): NowAnswer | undefined {
  return useQuery<NowAnswer>({ queryKey: NOW_KEY, enabled: false }).data;
}
