import { Injectable } from '@nestjs/common';
import type { ItemChanges, ReprocessPreviewAnswer, ReprocessPreviewRequest } from '@wireroom/contracts';
import { randomUUID } from 'node:crypto';
import { changesBetween } from './changes.js';
import { Lane, type LaneResult, plain } from './lane.js';
import { type ItemHead, StoredItems, isChosen } from './stored-items.js';

const SAMPLE = 10;
const ROWS = 500;
/** A filter that takes hardly anything ends the search for a sample, not the patience of who asked. */
const MOST_ROWS = 20_000;

/** Shows what a reprocessing would change, on items picked at random; stores nothing. */
@Injectable()
export class ReprocessPreview {
  constructor(
    private readonly items: StoredItems,
    private readonly lane: Lane,
  ) {}

  /** @throws UnavailableError */
  async preview({ steps, filter = {}, sample = SAMPLE }: ReprocessPreviewRequest): Promise<ReprocessPreviewAnswer> {
    // Ids are hashes, so what follows a random one is a random sample.
    const start = randomUUID();
    const heads = await this.pick(start, (head) => isChosen(head, filter), sample);
    const more = sample - heads.length;
    if (more > 0)
      heads.push(...(await this.pick('', (head) => head.contentId <= start && isChosen(head, filter), more)));
    const worker = this.lane.open();
    try {
      const results = await this.lane.run(worker, await this.items.read(heads), steps);
      return { items: results.map(changesOf) };
    } finally {
      await worker.close();
    }
  }

  private async pick(after: string, wanted: (head: ItemHead) => boolean, count: number): Promise<ItemHead[]> {
    const picked: ItemHead[] = [];
    for (let cursor = after, read = 0; picked.length < count && read < MOST_ROWS; read += ROWS) {
      const rows = await this.items.headsAfter(cursor, ROWS);
      if (rows.length === 0) break;
      picked.push(...rows.filter(wanted).slice(0, count - picked.length));
      cursor = rows.at(-1)!.contentId;
    }
    return picked;
  }
}

function changesOf({ item, after, failures }: LaneResult): ItemChanges {
  const { contentId, revision, processingVersion, article, enrichment = {} } = item;
  const changes = changesBetween(plain(enrichment), plain(after.enrichment), '/enrichment');
  return { contentId, revision, processingVersion, title: article?.title, changes, failures };
}
