import type { EntityData } from '@wireroom/contracts';

export type EntityType = EntityData['type'];

/** One name in the text, as tokens `[first, last)` of the text's index. */
export interface NameSpan {
  type: EntityType;
  first: number;
  last: number;
}
