import { Injectable } from '@nestjs/common';
import { PageComparison, pageOf } from './comparison/page-comparison.js';
import type { FetchFacts } from './fetch-facts.js';
import { ItemDoor, type Revision } from './item-door.js';
import { ItemMemory, type ItemIdentity, type KnownItem, newIdentity } from './item-memory.js';
import { namesOf, siteOf } from './item-names.js';
import type { FoundItem, Loaded } from './kinds/kind.js';
import type { ItemEnding } from './ledger-row.js';
import { OneAtATime } from './one-at-a-time.js';
import {
  afterFailure,
  afterRejection,
  afterSighting,
  afterTaking,
  discoveredAtOf,
  isOut,
  type Sighting,
  wasSeen,
} from './remember-item.js';
import { waiverOf } from './robots-waiver.js';
import type { SourceDocument } from './source.schema.js';
import { SourceStore } from './source.store.js';
import { isNewerVersion } from './version-order.js';

/** What became of an item, with the fetch of its page where there was one. */
export interface Taken {
  ending: ItemEnding;
  facts?: FetchFacts;
}

type Original = Extract<Loaded, { outcome: 'loaded' }>;

/**
 * Decides what an item that a source shows is: new, changed, known, or not to be had. Names are claimed before the
 * item is stored and what was seen of it is remembered after, so that a crash in between costs another look and makes
 * no second item.
 */
@Injectable()
export class ItemTaker {
  private readonly order = new OneAtATime();

  constructor(
    private readonly memory: ItemMemory,
    private readonly sources: SourceStore,
    private readonly door: ItemDoor,
    private readonly comparison: PageComparison,
  ) {}

  /**
   * Takes an item in. Items that share a name are taken one after the other, whichever source shows them.
   *
   * @throws UnavailableError when storage is away; then the item was not accepted.
   */
  take(source: SourceDocument, found: FoundItem, now: Date): Promise<Taken> {
    const names = [...namesOf(found).keys()].map((name) => `${source.publisher}\n${name}`);
    return this.order.run(names, () => this.decide({ source, found, now }));
  }

  private async decide(sighting: Sighting): Promise<Taken> {
    const { source, found } = sighting;
    const names = namesOf(found);
    if (names.size === 0) return { ending: rejected('no-identity', 'has neither an id nor an address') };
    const known = await this.memory.recall(source._id, source.publisher, names);
    const settled = known && (await this.settle(sighting, known));
    if (settled) return { ending: settled };
    if (found.hold) return { ending: await this.hold(sighting, known) };
    if (found.kind === 'retraction') return { ending: await this.retract(sighting, known) };

    const loaded = await found.load(known?.item?.page);
    const ending =
      loaded.outcome === 'loaded'
        ? await this.takeLoaded(sighting, known, loaded)
        : await this.takeNothing(sighting, known, loaded);
    return { ending, facts: loaded.facts };
  }

  /** Ends an item about which there is nothing new to learn. */
  private async settle({ source, found }: Sighting, known: KnownItem): Promise<ItemEnding | undefined> {
    const { identity, item } = known;
    const names = namesOf(found);
    if (known.names.size < names.size) await this.memory.addNames(source.publisher, identity, names);
    if (!item) return (await this.isAnothers(identity, source)) ? { outcome: 'duplicate' } : undefined;
    if (item.state === 'pending') return undefined;
    if (wasSeen(item, found)) return asBefore(item);
    const isOld = found.version !== undefined && !isNewerVersion(found.version, item.version);
    return isOld ? { outcome: 'duplicate' } : undefined;
  }

  /** Whether another source of the publisher takes the item in. One that was removed leaves its items to the next. */
  private async isAnothers({ source: owner, contentId }: ItemIdentity, source: SourceDocument): Promise<boolean> {
    if (owner === source._id) return false;
    if (await this.sources.find(owner)) return true;
    await this.memory.handOver(contentId, source._id);
    return false;
  }

  private async takeLoaded(sighting: Sighting, known: KnownItem | undefined, loaded: Original): Promise<ItemEnding> {
    const { source, found } = sighting;
    const names = namesOf({ ownId: found.ownId, addresses: [...found.addresses, ...loaded.addresses] });
    const twin = known ?? (await this.memory.recall(source._id, source.publisher, names));
    if (!known && twin) return this.takeTwin(sighting, twin, loaded);
    const identity = await this.identify(sighting, known, names);
    if (!known && identity.source !== source._id) return { outcome: 'duplicate' };

    const memory = afterTaking(sighting, identity, known?.item, loaded);
    if (found.kind === undefined && (await this.bringsNothing(sighting, identity, known, loaded))) {
      await this.memory.remember(memory);
      return { outcome: 'duplicate' };
    }
    const revision: Revision = {
      url: found.addresses[0],
      contentType: loaded.contentType,
      bodyBase64: Buffer.from(loaded.bytes).toString('base64'),
      publishedAt: memory.publishedAt,
      kind: found.kind ?? (isFirst(known, source) ? 'original' : 'update'),
      metadata: { ...found.metadata, ...loaded.metadata, ...waiverOf(source.spec) },
    };
    const ending = await this.door.revise(source, identity, revision, discoveredAtOf(sighting, known?.item));
    const textDigest = known?.item?.textDigest;
    await this.memory.remember(
      ending.outcome === 'rejected' ? afterRejection({ ...memory, textDigest }, ending) : memory,
    );
    return ending;
  }

  /** Whether an item has nothing to tell that its readers don't know: from it, or from what it is a copy of. */
  private async bringsNothing(
    sighting: Sighting,
    identity: ItemIdentity,
    known: KnownItem | undefined,
    loaded: Original,
  ): Promise<boolean> {
    const digest = known?.item?.textDigest;
    if (digest === undefined) return this.isCopy(sighting, identity, loaded);
    if (digest === loaded.textDigest) return true;
    return loaded.isWholePage === true && this.comparison.saysTheSame(identity, pageOf(loaded));
  }

  /**
   * Whether a new page only repeats an item of another publisher, at whose address it says that the original is. It is
   * an address of that item from then on, and no more: nothing that becomes of it touches the original.
   */
  private async isCopy({ source, found }: Sighting, identity: ItemIdentity, loaded: Original): Promise<boolean> {
    const { canonical, page } = loaded;
    const address = page?.url ?? found.addresses[0];
    if (canonical === undefined || address === undefined || siteOf(canonical) === siteOf(address)) return false;
    const copyOf = await this.memory.holderOf(canonical, source.publisher);
    if (copyOf === undefined) return false;
    if (!(await this.comparison.saysTheSame({ ...identity, copyOf }, pageOf(loaded)))) return false;
    await this.memory.setOriginal(identity, copyOf);
    return true;
  }

  /** The page turned out to be that of an item that is known under other names. */
  private async takeTwin({ source, found }: Sighting, twin: KnownItem, loaded: Original): Promise<ItemEnding> {
    const names = namesOf({ ownId: found.ownId, addresses: [...found.addresses, ...loaded.addresses] });
    await this.memory.addNames(source.publisher, twin.identity, names);
    if (twin.item) await this.memory.remember(afterSighting(twin.item, { found }));
    return { outcome: 'duplicate' };
  }

  private async takeNothing(
    sighting: Sighting,
    known: KnownItem | undefined,
    loaded: Exclude<Loaded, Original>,
  ): Promise<ItemEnding> {
    if (loaded.outcome === 'not-modified' && known?.item) {
      await this.memory.remember(afterSighting(known.item, sighting));
      return { outcome: 'duplicate' };
    }
    const failure =
      loaded.outcome === 'failed'
        ? loaded
        : { code: 'page-gone', reason: `its page is not there (${loaded.facts.status})`, again: false, asked: true };
    const identity = await this.identify(sighting, known);
    const memory = afterFailure(sighting, identity, known?.item, failure);
    await this.memory.remember(memory);
    return { outcome: 'rejected', code: failure.code, reason: failure.reason, again: memory.state === 'pending' };
  }

  /** What must not be published now. A withheld item that was taken before is taken back. */
  private async hold(sighting: Sighting, known: KnownItem | undefined): Promise<ItemEnding> {
    const { code, until } = sighting.found.hold!;
    if (code === 'withheld' && known?.item && isOut(known.item)) return this.retract(sighting, known);
    return { outcome: 'rejected', code, reason: reasonOf(sighting.found.hold!), again: code === 'embargoed', until };
  }

  private async retract(sighting: Sighting, known: KnownItem | undefined): Promise<ItemEnding> {
    const identity = await this.identify(sighting, known);
    const ending = await this.door.takeBack(sighting.source, identity, sighting.found.addresses[0]);
    const memory = afterTaking(sighting, identity, known?.item, undefined);
    await this.memory.remember({ ...memory, state: 'retracted', checkAt: undefined });
    return ending;
  }

  private async identify(
    { source, found }: Sighting,
    known: KnownItem | undefined,
    names = namesOf(found),
  ): Promise<ItemIdentity> {
    if (!known) return this.memory.claim(source.publisher, newIdentity(source.publisher, source._id, found), names);
    await this.memory.addNames(source.publisher, known.identity, names);
    return known.identity;
  }
}

function reasonOf({ code, until }: NonNullable<FoundItem['hold']>): string {
  if (until) return `must not be published before ${until.toISOString()}`;
  if (code === 'withheld') return 'must not be published';
  return 'is under an embargo without an end that can be read; a new version has to lift it';
}

/** Whether nothing of the item was taken in yet; its names may be known already, from a poll that was killed. */
function isFirst(known: KnownItem | undefined, source: SourceDocument): boolean {
  return !known || (!known.item && known.identity.source === source._id);
}

/** What was rejected stays so, as long as the source says the same of it. */
function asBefore({ state, rejection }: NonNullable<KnownItem['item']>): ItemEnding {
  return state === 'rejected' && rejection
    ? { outcome: 'rejected', ...rejection, again: false }
    : { outcome: 'duplicate' };
}

function rejected(code: string, reason: string): ItemEnding {
  return { outcome: 'rejected', code, reason, again: false };
}
