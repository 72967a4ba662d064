import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.js';

/** The documents of all stages for one revision. */
export function useRevision(contentId: string, revision: number) {
  return useQuery({
    queryKey: ['item', contentId, 'revision', revision],
    queryFn: ({ signal }) => call('itemRevision', { params: { contentId, revision }, signal }),
  });
}

/** The original as the text that provenance counts in. */
export function useOriginalText(contentId: string, revision: number) {
  return useQuery({
    queryKey: ['item', contentId, 'original-text', revision],
    queryFn: ({ signal }) => call('itemOriginalText', { params: { contentId, revision }, signal }),
    staleTime: Infinity,
  });
}

/** The processing of a revision that the address names, or else the newest. */
export function chosenProcessing<T extends { processingVersion: number }>(
  processings: readonly T[],
  asked: string,
): T | undefined {
  return processings.find(({ processingVersion }) => String(processingVersion) === asked) ?? processings.at(-1);
}
