import type { ItemAnswer } from '@wireroom/contracts';

/** What the address of an item's view says. */
export const DEFAULTS = {
  tab: 'journey',
  revision: '',
  field: '',
  processing: '',
  side: 'original',
  as: 'text',
  stage: 'enrichment',
  before: '',
  after: '',
  of: 'article',
};

export type ItemState = typeof DEFAULTS;

export interface ItemPartProps {
  contentId: string;
  item: ItemAnswer;
  /** The revision that is looked at. */
  revision: number;
  state: ItemState;
  change: (changes: Partial<ItemState>) => void;
}
