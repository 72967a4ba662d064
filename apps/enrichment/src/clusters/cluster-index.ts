import { Inject, Injectable } from '@nestjs/common';
import { type TextMatch, matchesOf } from '@wireroom/enrichment';
import { MONGO, duplicatesIn } from '@wireroom/pipeline';
import { whileMongoIsThere } from '@wireroom/platform';
import type { AnyBulkWriteOperation, Collection, Filter } from 'mongodb';
import type { Connection } from 'mongoose';
import { type ClusterAnswer, answerFor } from './cluster-answer.js';
import type { ClusterText } from './cluster-text.schema.js';
import { type FiledText, type TextToFile, documentOf, filedTextOf, lookupKeysOf } from './filed-text.js';
import { type ClusterNode, type NewLink, type Tie, byAge, isOlder, linksFor } from './forest.js';

/** A text with those that are of its story, oldest first. */
interface Compared {
  text: FiledText;
  matches: TextMatch<FiledText>[];
}

/** So many texts, the oldest, are found by one key: it bounds the cost of an item, whatever is in the index. */
const MOST_BY_KEY = 8;
/** A round is lost only to another instance's progress; so many in a row mean that something else is wrong. */
const MOST_ROUNDS = 50;

// Texts and links need no majority of their own: the stage's document, which is written after them with one, lies
// behind them in the same log. Reads see at once what any instance has written to the primary.
const QUICK = { ordered: false, writeConcern: { w: 1 } } as const;
const LATEST = { readConcern: { level: 'local' } } as const;
const NODES = { ...LATEST, projection: { hashes: 0, places: 0, figures: 0, keys: 0, link: 0 } } as const;

/**
 * Story clusters in one index for all instances: MinHash bands as keys, and a forest of texts whose roots are the
 * clusters (a union-find with links by age, docs/adr/0012).
 *
 * A text is filed before others are looked for, so of two that come in at the same moment at least one sees the other.
 * Only a root is linked, only to an older one and only once: in whatever order links are made, texts that are tied end
 * in one cluster with one id. Every call may be repeated, and completes what a crash interrupted.
 */
@Injectable()
export class ClusterIndex {
  private readonly texts: Collection<ClusterText>;

  constructor(@Inject(MONGO) mongo: Connection) {
    this.texts = mongo.model<ClusterText>('ClusterText').collection as unknown as Collection<ClusterText>;
  }

  /**
   * Files the texts and tells the cluster of each, in the order given.
   *
   * @throws UnavailableError
   */
  async assign(texts: TextToFile[]): Promise<ClusterAnswer[]> {
    if (texts.length === 0) return [];
    const filed = await this.file(texts);
    const compared = await this.compare(filed);
    const roots = await this.unite(compared);
    const merged = await this.mergesShownBy(compared, roots);
    return compared.map(({ text, matches }) => {
      return answerFor(text, matches, roots.get(text.id)!, merged.get(text.id) ?? []);
    });
  }

  /** One that is there already (an earlier delivery) stays as it was. */
  private async file(texts: TextToFile[]): Promise<FiledText[]> {
    const documents = texts.map((text) => documentOf(text, Date.now()));
    const known = await this.insertNew(documents);
    const stored = known.length === 0 ? [] : await this.find({ _id: { $in: known } });
    const byId = new Map(stored.map((document) => [document._id, document]));
    return documents.map((document) => filedTextOf(byId.get(document._id) ?? document));
  }

  private async insertNew(documents: ClusterText[]): Promise<string[]> {
    try {
      await whileMongoIsThere(() => this.texts.insertMany(documents, { ...QUICK, forceServerObjectId: true }));
      return [];
    } catch (error) {
      const indexes = duplicatesIn(error);
      if (!indexes) throw error;
      return indexes.map((index) => documents[index]!._id);
    }
  }

  /** Compares each text with those that share a key with it. */
  private async compare(filed: FiledText[]): Promise<Compared[]> {
    const keys = new Map(filed.map((text) => [text.id, lookupKeysOf(text)]));
    const found = await this.find({ keys: { $in: [...new Set([...keys.values()].flat())] } });
    const oldestBy = oldestByKey(found.map(filedTextOf));
    await this.makeRoom(filed, oldestBy);
    return filed.map((text) => {
      const candidates = new Set(keys.get(text.id)!.flatMap((key) => oldestBy.get(key) ?? []));
      return { text, matches: matchesOf(text, [...candidates].sort(byAge)) };
    });
  }

  /** Takes texts off the keys by which enough older ones are found. */
  private async makeRoom(filed: FiledText[], oldestBy: Map<number, FiledText[]>): Promise<void> {
    const operations = filed.flatMap((text): AnyBulkWriteOperation<ClusterText>[] => {
      const keys = text.keys.filter((key) => !isCrowded(oldestBy.get(key) ?? [], text));
      if (keys.length === text.keys.length) return [];
      return [{ updateOne: { filter: { _id: text.id }, update: { $set: { keys } } } }];
    });
    if (operations.length > 0) await whileMongoIsThere(() => this.texts.bulkWrite(operations, QUICK));
  }

  /** Links until all that is tied has one root. @returns the root of each text and of each that is like one. */
  private async unite(compared: Compared[]): Promise<Map<string, ClusterNode>> {
    const ties = compared.flatMap(({ text, matches }) => matches.map((match): Tie => ({ text, match })));
    let nodes: ClusterNode[] = compared.flatMap(({ text, matches }) => [text, ...matches.map((one) => one.candidate)]);
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const roots = await this.rootsOf(nodes);
      const links = linksFor(ties, (id) => roots.get(id)!);
      if (links.length === 0) return roots;
      await this.link(links);
      // Read again even what was just linked: another instance may have linked the root above it meanwhile.
      nodes = await this.nodesOf([...new Set(nodes.map(({ id }) => id))]);
    }
    throw new Error(`the roots of clusters still change after ${MOST_ROUNDS} rounds`);
  }

  /** Follows the links of nodes to their roots. A root is its own. */
  private async rootsOf(nodes: ClusterNode[]): Promise<Map<string, ClusterNode>> {
    const known = new Map(nodes.map((node) => [node.id, node]));
    const above = (node: ClusterNode): ClusterNode | undefined => {
      let at: ClusterNode | undefined = node;
      while (at?.into !== undefined) at = known.get(at.into);
      return at;
    };
    for (;;) {
      const missing = new Set<string>();
      for (const { into } of known.values()) if (into !== undefined && !known.has(into)) missing.add(into);
      if (missing.size === 0) break;
      for (const node of await this.nodesOf([...missing])) known.set(node.id, node);
    }
    return new Map([...known.values()].map((node) => [node.id, above(node)!]));
  }

  /** Links roots that still are roots; one that another instance was first with is left to the next round. */
  private async link(links: NewLink[]): Promise<void> {
    const operations = links.map(({ root, into, tie: { text, match } }): AnyBulkWriteOperation<ClusterText> => {
      const { jaccard, containment } = match;
      const link = { text: text.id, like: match.candidate.id, jaccard, containment, at: new Date() };
      const mergedBy = root.id === text.id ? {} : { mergedBy: text.id };
      return {
        updateOne: {
          filter: { _id: root.id, into: { $exists: false } },
          update: { $set: { into, link, ...mergedBy } },
        },
      };
    });
    await whileMongoIsThere(() => this.texts.bulkWrite(operations, QUICK));
  }

  /**
   * For each text the roots whose clusters readers may know by an id that is no more: those it was the one to link,
   * and itself where others had joined it before it was linked. Found in what is stored, so that a call after a crash
   * tells them too.
   */
  private async mergesShownBy(
    compared: Compared[],
    roots: Map<string, ClusterNode>,
  ): Promise<Map<string, ClusterNode[]>> {
    const texts = compared.filter(({ text, matches }) => matches.length > 0 || roots.get(text.id)!.id !== text.id);
    const ids = texts.map(({ text }) => text.id);
    if (ids.length === 0) return new Map();
    const [linked, joined] = await Promise.all([
      this.nodesWhere({ mergedBy: { $in: ids } }),
      this.nodesWhere({ into: { $in: ids } }),
    ]);
    return new Map(
      texts.map(({ text }) => {
        const isNoRoot = roots.get(text.id)!.id !== text.id;
        const wasJoined = isNoRoot && joined.some(({ into }) => into === text.id);
        const own = linked.filter(({ mergedBy }) => mergedBy === text.id);
        return [text.id, [...own, ...(wasJoined ? [text] : [])]];
      }),
    );
  }

  private nodesOf(ids: string[]): Promise<ClusterNode[]> {
    return this.nodesWhere({ _id: { $in: ids } });
  }

  private async nodesWhere(filter: Filter<ClusterText>): Promise<(ClusterNode & { mergedBy?: string })[]> {
    const found = await whileMongoIsThere(() => this.texts.find(filter, NODES).toArray());
    return found.map(({ _id, ...node }) => ({ id: _id, ...node }));
  }

  private find(filter: Filter<ClusterText>): Promise<ClusterText[]> {
    return whileMongoIsThere(() => this.texts.find(filter, LATEST).toArray());
  }
}

function oldestByKey(texts: FiledText[]): Map<number, FiledText[]> {
  const byKey = new Map<number, FiledText[]>();
  for (const text of texts.sort(byAge)) {
    for (const key of text.keys) {
      const found = byKey.get(key);
      if (!found) byKey.set(key, [text]);
      else if (found.length < MOST_BY_KEY) found.push(text);
    }
  }
  return byKey;
}

function isCrowded(oldest: FiledText[], text: FiledText): boolean {
  return oldest.length === MOST_BY_KEY && oldest.every((one) => isOlder(one, text));
}
