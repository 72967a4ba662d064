import { Inject, Injectable } from '@nestjs/common';
import type { ContentSubmittedData } from '@wireroom/contracts';
import { ContentDoor } from './content-door.js';
import { type ItemIdentity, ItemMemory } from './item-memory.js';
import type { SourceDocument } from './source.schema.js';
import type { ItemEnding } from './ledger-row.js';

/** What a revision says beside whose it is. */
export type Revision = Omit<ContentSubmittedData, 'source' | 'externalId'>;

/** The door for items that are known by name. What is a copy of another publisher's item (ADR 21) goes by its rules. */
@Injectable()
export class ItemDoor {
  constructor(
    @Inject(ContentDoor) private readonly door: Pick<ContentDoor, 'submit'>,
    @Inject(ItemMemory) private readonly memory: Pick<ItemMemory, 'setOriginal'>,
  ) {}

  /**
   * Hands in a revision. For a copy it is the first: its text has departed from the original, and it is an item of its
   * own from now on.
   *
   * @param discoveredAt when the source first showed the revision, where its page had to be fetched since.
   * @throws UnavailableError when storage is away; then it was not accepted.
   */
  async revise(
    source: SourceDocument,
    identity: ItemIdentity,
    revision: Revision,
    discoveredAt?: Date,
  ): Promise<ItemEnding> {
    const isCopy = identity.copyOf !== undefined;
    const kind = isCopy ? 'original' : revision.kind;
    const submission = { ...revision, ...namesIn(source, identity, revision), kind };
    const ending = await this.door.submit(submission, discoveredAt);
    if (isCopy && ending.outcome !== 'rejected') await this.memory.setOriginal(identity, undefined);
    return ending;
  }

  /**
   * Takes an item back. A copy has nothing out that could be, and does not speak for the original.
   *
   * @param url where the item is, should its identity not say so.
   * @throws UnavailableError when storage is away.
   */
  async takeBack(source: SourceDocument, identity: ItemIdentity, url?: string): Promise<ItemEnding> {
    if (identity.copyOf !== undefined) return { outcome: 'duplicate' };
    return this.door.submit({ ...namesIn(source, identity, { url }), kind: 'retraction' });
  }
}

function namesIn(
  { publisher: source }: SourceDocument,
  { externalId, url }: ItemIdentity,
  at: { url?: string },
): Pick<ContentSubmittedData, 'source' | 'externalId' | 'url'> {
  return { source, externalId, url: url ?? at.url };
}
