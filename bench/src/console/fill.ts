import { type Contribution, contributionsOf } from '@wireroom/console-service/dist/books/contributions.js';
import { GRAINS, type Grain } from '@wireroom/console-service/dist/books/grains.js';
import type { ItemDocument } from '@wireroom/console-service/dist/books/item.schema.js';
import type { Db, Document, IndexDescription } from 'mongodb';
import { progress } from '../report.js';

const CHUNK = 5000;
const FAST = { ordered: false, writeConcern: { w: 1, journal: false } } as const;

/** A sum that is being added up; nothing more comes to it a day after its part of time. */
type Sum = { book: Contribution['book']; until: number; document: Document };

/**
 * Fills the console's books with rows and the sums of them, as the console itself would have: by its own function,
 * added up here, since a million transactions would take an hour and measure something else.
 */
export async function fillBooks(books: Db, rows: Iterable<ItemDocument>): Promise<void> {
  const indexes = await takeIndexes(books);
  await insertAll(books, rows);
  progress('building the indexes');
  for (const [name, declared] of indexes) await books.collection(name).createIndexes(declared);
}

/** Drops the indexes of the books for the time of the fill: built in one go they take minutes instead of an hour. */
async function takeIndexes(books: Db): Promise<Map<string, IndexDescription[]>> {
  const taken = new Map<string, IndexDescription[]>();
  for (const name of ['items', 'ledger_tallies', 'flow_tallies', 'quality_tallies']) {
    const declared = (await books.collection(name).indexes()) as IndexDescription[];
    taken.set(
      name,
      declared.filter((index) => index.name !== '_id_'),
    );
    await books.collection(name).dropIndexes();
  }
  return taken;
}

async function insertAll(books: Db, rows: Iterable<ItemDocument>): Promise<void> {
  let sums = new Map<string, Sum>();
  let chunk: ItemDocument[] = [];
  let written = 0;
  for (const row of rows) {
    addUp(sums, row);
    chunk.push(row);
    if (chunk.length < CHUNK) continue;
    await books.collection<ItemDocument>('items').insertMany(chunk, FAST);
    written += chunk.length;
    if (written % 50_000 === 0) progress(`${written.toLocaleString('en-GB')} revisions are in the books`);
    sums = await writeClosed(books, sums, row.at.getTime());
    chunk = [];
  }
  if (chunk.length > 0) await books.collection<ItemDocument>('items').insertMany(chunk, FAST);
  await writeClosed(books, sums, Infinity);
}

function addUp(sums: Map<string, Sum>, row: ItemDocument): void {
  for (const { book, id, key, counts } of contributionsOf(row)) {
    const name = `${book} ${id}`;
    const known = sums.get(name);
    const sum = known ?? { book, until: endOf(key), document: { _id: id, ...key } };
    if (!known) sums.set(name, sum);
    for (const [path, by] of Object.entries(counts)) {
      const [field = '', name_] = path.split('.');
      if (name_ === undefined) sum.document[field] = ((sum.document[field] as number | undefined) ?? 0) + by;
      else {
        const parts = (sum.document[field] ??= {}) as Record<string, number>;
        parts[name_] = (parts[name_] ?? 0) + by;
      }
    }
  }
}

function endOf(key: Contribution['key']): number {
  return (key['at'] as Date).getTime() + GRAINS[key['grain'] as Grain] + GRAINS.day;
}

/** Rows come in order of time, and what happens to one happens within a day. */
async function writeClosed(books: Db, sums: Map<string, Sum>, now: number): Promise<Map<string, Sum>> {
  const open = new Map<string, Sum>();
  const closed: Record<Contribution['book'], Document[]> = { ledger: [], flow: [], quality: [] };
  for (const [name, sum] of sums) {
    if (now < sum.until) open.set(name, sum);
    else closed[sum.book].push(sum.document);
  }
  for (const [book, documents] of Object.entries(closed)) {
    if (documents.length > 0) await books.collection(`${book}_tallies`).insertMany(documents, FAST);
  }
  return open;
}
