import type { Block } from '../html/blocks.js';

/** A block of the article, and how sure the classifier is that it belongs to it. */
export interface ChosenBlock {
  block: Block;
  probability: number;
}
