import type { ItemDocument } from '@wireroom/console-service/dist/books/item.schema.js';
import { PIPELINE, STAGES, type StageName } from '@wireroom/contracts';
import { type DeadLetterDocument, deadLetterSchema } from '@wireroom/pipeline';
import type { IndexSpecification, MongoClient } from 'mongodb';
import { randomBytes } from 'node:crypto';

const CHUNK = 1000;
const MESSAGE_BYTES = 4000;
/** One message of so many is refused at the door. */
const REFUSED_ONE_IN = 300;

/** Fills the stages' dead letters, with bytes of a usual size: those of the rows that ended so, and refused ones. */
export async function fillDeadLetters(mongo: MongoClient, rows: Iterable<ItemDocument>): Promise<void> {
  const lettersOf = (stage: StageName) => mongo.db(`wireroom_${stage}`).collection<DeadLetterDocument>('dead_letters');
  for (const stage of STAGES)
    for (const [keys] of deadLetterSchema.indexes()) await lettersOf(stage).createIndex(keys as IndexSpecification);
  const pending: Record<StageName, DeadLetterDocument[]> = { ingest: [], enrichment: [], publishing: [] };
  const write = async (stage: StageName): Promise<void> => {
    if (pending[stage].length > 0) await lettersOf(stage).insertMany(pending[stage].splice(0));
  };
  let number = 0;
  for (const row of rows) {
    number += 1;
    if (number % REFUSED_ONE_IN === 0) pending.ingest.push(refused(row, number));
    if (row.outcome === 'dead-lettered' || row.outcome === 'discarded') pending[row.stage].push(ended(row, number));
    for (const stage of STAGES) if (pending[stage].length >= CHUNK) await write(stage);
  }
  for (const stage of STAGES) await write(stage);
}

function ended(row: ItemDocument, number: number): DeadLetterDocument {
  const { contentId, revision, source, kind, stage, outcome, code = 'unexpected', endedAt: at = row.at } = row;
  const state = outcome === 'discarded' ? 'discarded' : 'open';
  return { ...letter(stage, number, at), code, state, contentId, revision, source, kind };
}

function refused({ at }: ItemDocument, number: number): DeadLetterDocument {
  return { ...letter('ingest', number, at), code: 'contract-violation' };
}

function letter(stage: StageName, number: number, at: Date): DeadLetterDocument {
  const place = { topic: PIPELINE[stage].hears.topic, partition: number % 6, offset: String(number) };
  return {
    _id: `${place.topic}/${place.partition}/${place.offset}`,
    stage,
    state: 'open',
    code: 'unexpected',
    detail: 'made up',
    attempts: 1,
    place,
    key: null,
    value: randomBytes(MESSAGE_BYTES),
    valueBytes: MESSAGE_BYTES,
    headers: [],
    firstFailedAt: at,
    lastFailedAt: at,
    replayToken: 'made-up',
    replays: 0,
    edits: 0,
  };
}
