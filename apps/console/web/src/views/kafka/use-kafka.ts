import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.js';

/** Brokers, topics and groups as the cluster tells them now. */
export function useKafka() {
  return useQuery({
    queryKey: ['kafka'],
    queryFn: ({ signal }) => call('kafka', { signal }),
    refetchInterval: 5000,
  });
}
