// A slot holds the two hashes of a name, and where its weights begin, counted from 1.
const SLOT = 3;
const FIRST = 2;

/**
 * Pairs of tag and weight of named features, found by two hashes of the name (64 bits). Flat arrays fit into a
 * processor's cache, which a map of strings does not, and a token asks for some forty features.
 */
export class FeatureWeights {
  private readonly slots: Int32Array;
  private readonly mask: number;
  /** Of each feature, the number of its pairs and then these. */
  private readonly pairs: Int16Array;
  /** Of the name that was last looked for. */
  private hash = 0;
  private otherHash = 0;

  constructor(features: Record<string, readonly number[]>) {
    const all = Object.entries(features);
    const size = 2 ** Math.ceil(Math.log2(2 * all.length + 1));
    this.mask = size - 1;
    this.slots = new Int32Array(SLOT * size);
    this.pairs = Int16Array.from(all.flatMap(([, pairs]) => [pairs.length / 2, ...pairs]));
    let first = 0;
    for (const [name, pairs] of all) {
      const slot = this.slotOf(name);
      if (this.slots[slot + FIRST]) throw new Error(`The feature ${name} has the hash of another`);
      this.slots.set([this.hash, this.otherHash, first + 1], slot);
      first += pairs.length + 1;
    }
  }

  /** Adds the weights of a feature to the scores of the tags, times a factor; an unknown feature adds none. */
  addTo(scores: Int32Array, name: string, factor: number): void {
    const first = this.slots[this.slotOf(name) + FIRST]!;
    if (first === 0) return;
    const end = first + 2 * this.pairs[first - 1]!;
    for (let at = first; at < end; at += 2) scores[this.pairs[at]!]! += factor * this.pairs[at + 1]!;
  }

  /** The slot of a name, or the free one that it would take. */
  private slotOf(name: string): number {
    let hash = 0x811c9dc5;
    let other = 0;
    for (let at = 0; at < name.length; at++) {
      const code = name.charCodeAt(at);
      hash = Math.imul(hash ^ code, 0x01000193);
      other = Math.imul(other + code, 0x9e3779b1) ^ (other >>> 15);
    }
    this.hash = hash;
    this.otherHash = other;
    let at = hash & this.mask;
    for (;;) {
      const slot = SLOT * at;
      if (this.slots[slot + FIRST] === 0) return slot;
      if (this.slots[slot] === hash && this.slots[slot + 1] === other) return slot;
      at = (at + 1) & this.mask;
    }
  }
}
