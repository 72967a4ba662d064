import type { ProvenanceData, SpanData } from '@wireroom/contracts';
import { BIDI_CONTROLS, INVISIBLE_CHARACTERS } from '@wireroom/contracts/unseen-characters';
import { decodeEntities } from './html/structured-data.js';
import { mayHoldUnseen } from './text.js';

/** A passage out of which characters that no reader sees were taken; offsets in the decoded original. */
export interface DroppedCharacters {
  kind: 'invisible-character' | 'bidi-control';
  span: SpanData;
}

const FIELDS = /^\/article\/(?:title|paragraphs\/\d+)$/;
const KINDS = [
  { kind: 'invisible-character', characters: INVISIBLE_CHARACTERS },
  { kind: 'bidi-control', characters: BIDI_CONTROLS },
] as const;

/** Where title and paragraphs of an article lost characters when they were cleaned, by where they came from. */
export function droppedCharacters(source: string, provenance: readonly ProvenanceData[]): DroppedCharacters[] {
  return provenance
    .filter(({ field, chosen, basis }) => chosen && basis === 'original' && FIELDS.test(field))
    .flatMap(({ spans }) => spans)
    .flatMap((span) => {
      const written = source.slice(span.start, span.end);
      const text = written.includes('&') ? decodeEntities(written) : written;
      if (!mayHoldUnseen(text)) return [];
      return KINDS.filter(({ characters }) => text.search(characters) >= 0).map(({ kind }) => ({ kind, span }));
    });
}
