import { readFileSync } from 'node:fs';
import { BoostedTrees, type BoostedTreesData, type FeatureParts } from '../model/boosted-trees.js';
import { reasonsOf, type Weighing } from '../model/reasons.js';
import type { Page } from '../page.js';
import { RULE_WEIGHT, ruledToBelong, withRule } from '../rules/apply-rule.js';
import { contextFeatures, CONTEXT_FEATURES } from './context-features.js';
import { BLOCK_FEATURES, blockFeatures, type BodyWords } from './features.js';
import { type Tidied, tidyBody } from './tidy.js';

interface BodyModelData {
  words: { markup: Record<string, number>; text: Record<string, number> };
  first: BoostedTreesData;
  second: BoostedTreesData;
}

/** A block this likely to be article is taken for it. */
export const THRESHOLD = 0.5;

/** The probability of each block of a page to be part of its article. */
export function blockProbabilities(page: Page, title: string | undefined): Float32Array {
  return withRule(page, bodyModel().second.probabilities(page.blocks.length, measure(page, title)));
}

/** The same, and what moved the classifier for each block. */
export function weighBlocks(page: Page, title: string | undefined): Weighing {
  const { second } = bodyModel();
  const parts = measure(page, title);
  return {
    probabilities: withRule(page, second.probabilities(page.blocks.length, parts)),
    reasonsFor: (i) => {
      const belongs = ruledToBelong(page, page.blocks[i]!);
      if (belongs !== undefined) return [{ about: 'the site rule', effect: belongs ? RULE_WEIGHT : -RULE_WEIGHT }];
      return reasonsOf(second.features, second.effects(parts, i));
    },
  };
}

function measure(page: Page, title: string | undefined): FeatureParts {
  const { words, first } = bodyModel();
  const own = { rows: blockFeatures(page, title, words), width: BLOCK_FEATURES.length };
  const answer = first.probabilities(page.blocks.length, [own]);
  return [own, { rows: contextFeatures(page.blocks, answer), width: CONTEXT_FEATURES.length }];
}

/** The blocks that make the article, in reading order, each text once and the headline not at all. */
export function selectBody(page: Page, title: string | undefined, probabilities: Float32Array): Tidied {
  const chosen = page.blocks.flatMap((block, i) => {
    const probability = probabilities[i] ?? 0;
    return probability < THRESHOLD ? [] : [{ block, probability }];
  });
  return tidyBody(page, chosen, title);
}

let loaded: { words: BodyWords; first: BoostedTrees; second: BoostedTrees } | undefined;

function bodyModel(): NonNullable<typeof loaded> {
  if (loaded) return loaded;
  const data = JSON.parse(readFileSync(new URL('../../model/body.json', import.meta.url), 'utf8')) as BodyModelData;
  loaded = {
    words: { markup: new Map(Object.entries(data.words.markup)), text: new Map(Object.entries(data.words.text)) },
    first: new BoostedTrees(data.first, BLOCK_FEATURES),
    second: new BoostedTrees(data.second, [...BLOCK_FEATURES, ...CONTEXT_FEATURES]),
  };
  return loaded;
}
