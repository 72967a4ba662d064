import { Injectable } from '@nestjs/common';
import type {
  ActionAnswer,
  DiscardRequest,
  EditDeadLetterAnswer,
  EditDeadLetterRequest,
  ReplayRequest,
} from '@wireroom/contracts';
import { whileMongoIsThere } from '@wireroom/platform';
import type { QueryFilter } from 'mongoose';
import type { DeadLetterDocument, DeadLetterEditDocument } from './dead-letter.schema.js';
import { DeadLetters, WAITING_STATES, deadLetterQuery } from './dead-letters.js';
import { HttpFailure } from './http-failure.js';
import { REPLAY_HEADER, replayHeader } from './replay-mark.js';
import { duplicatesIn } from './stage-store.js';
import { bytesOf } from './stored-bytes.js';
import { type OutgoingMessage, type TopicWriter, TopicWriters } from './topic-writer.js';

/** Sent together at most; the bytes are those of one batch of the broker. */
const MAX_TOGETHER = 100;
const MAX_TOGETHER_BYTES = 1024 * 1024;

/** What operators do about dead letters. */
@Injectable()
export class DeadLetterActions {
  constructor(
    private readonly deadLetters: DeadLetters,
    private readonly writers: TopicWriters,
  ) {}

  /**
   * Sends waiting dead letters back to where they came from: same topic, partition, key, value and headers, or what
   * their newest edit says instead. Oldest failure first. Safe to repeat: what the stages have already done they drop.
   *
   * @throws UnavailableError; what was replayed until then is marked.
   */
  async replay(request: ReplayRequest): Promise<ActionAnswer> {
    const ids = await this.waitingIds(request);
    if (ids.length > 0) await this.send(ids);
    return { affected: ids.length, ids };
  }

  /** Closes waiting dead letters without replay; bytes, error and reason stay on record. */
  async discard(request: DiscardRequest): Promise<ActionAnswer> {
    const ids = await this.waitingIds(request);
    await whileMongoIsThere(() =>
      this.deadLetters.letters.updateMany(
        { _id: { $in: ids }, state: { $in: WAITING_STATES } },
        { $set: { state: 'discarded', discardedAt: new Date(), discardReason: request.reason } },
      ),
    );
    return { affected: ids.length, ids };
  }

  /**
   * Keeps an edited version of a waiting dead letter's message, beside the original, and sends that. The same request
   * again makes no second version, and sends the first only if that had not been acknowledged.
   *
   * @throws HttpFailure where there is no such dead letter, or it doesn't wait any more.
   */
  async edit(id: string, request: EditDeadLetterRequest): Promise<EditDeadLetterAnswer> {
    const edit = (await this.editOf(id, request.requestId)) ?? (await this.keepEdit(id, request));
    if (edit.sentAt === undefined) {
      await this.send([id]);
      await whileMongoIsThere(() =>
        this.deadLetters.edits.updateOne({ _id: edit._id }, { $set: { sentAt: new Date() } }),
      );
    }
    return { id, edit: edit.edit };
  }

  private async editOf(id: string, requestId: string): Promise<DeadLetterEditDocument | undefined> {
    const edit = await whileMongoIsThere(() =>
      this.deadLetters.edits.findOne({ requestId: { $eq: requestId } }).lean(),
    );
    if (edit && edit.letterId !== id) {
      throw new HttpFailure(409, 'request-id-reused', `request ${requestId} stood for dead letter ${edit.letterId}`);
    }
    return edit ?? undefined;
  }

  private async keepEdit(id: string, request: EditDeadLetterRequest): Promise<DeadLetterEditDocument> {
    const letter = await whileMongoIsThere(() => this.deadLetters.letters.findById(id).lean());
    if (!letter) throw new HttpFailure(404, 'not-found', `no dead letter ${id}`);
    if (!WAITING_STATES.includes(letter.state)) {
      throw new HttpFailure(
        409,
        'not-open',
        `dead letter ${id} is ${letter.state}: only open and parked ones are sent`,
      );
    }
    const edit = editedVersion(letter, await this.newestVersion(letter), request);
    try {
      await whileMongoIsThere(() => this.deadLetters.edits.collection.insertMany([edit as never]));
    } catch (error) {
      if (!duplicatesIn(error)) throw error;
      throw new HttpFailure(409, 'edited-meanwhile', `someone else edited dead letter ${id} at the same time`);
    }
    await whileMongoIsThere(() => this.deadLetters.letters.updateOne({ _id: id }, { $max: { edits: edit.edit } }));
    return edit;
  }

  /** Oldest failure first, so that an item's events keep their order. */
  private async waitingIds({ ids, filter = {} }: ReplayRequest): Promise<string[]> {
    const state = filter.state ?? (ids === undefined ? 'open' : 'waiting');
    const query: QueryFilter<DeadLetterDocument>[] = [
      deadLetterQuery({ ...filter, state }),
      { state: { $in: WAITING_STATES } },
      ...(ids === undefined ? [] : [{ _id: { $in: ids } }]),
    ];
    // Projected before it is sorted, so that no bytes are carried along.
    const rows = await whileMongoIsThere(() =>
      this.deadLetters.letters.aggregate<Pick<DeadLetterDocument, '_id'>>([
        { $match: { $and: query } },
        { $project: { firstFailedAt: 1 } },
        { $sort: { firstFailedAt: 1, _id: 1 } },
      ]),
    );
    return rows.map(({ _id }) => _id);
  }

  private async send(ids: string[]): Promise<void> {
    const writer = this.writers.open();
    try {
      for await (const letters of this.inPortions(ids)) await this.sendTogether(writer, letters);
    } finally {
      await writer.close();
    }
  }

  private async sendTogether(writer: TopicWriter, letters: Outgoing[]): Promise<void> {
    await writer.write(letters.map(messageOf));
    const replayedAt = new Date();
    // What has ended or failed again in the meantime keeps the state it got by that.
    const marks = letters.flatMap(({ letter: { _id, state, lastFailedAt } }) => [
      { updateOne: { filter: { _id }, update: { $set: { replayedAt }, $inc: { replays: 1 } } } },
      { updateOne: { filter: { _id, state, lastFailedAt }, update: { $set: { state: 'replayed' } } } },
    ]);
    await whileMongoIsThere(() => this.deadLetters.letters.collection.bulkWrite(marks as never));
  }

  private async *inPortions(ids: string[]): AsyncGenerator<Outgoing[]> {
    let portion: Outgoing[] = [];
    let bytes = 0;
    for (const id of ids) {
      const letter = await whileMongoIsThere(() => this.deadLetters.letters.findById(id).lean());
      if (!letter) continue;
      const outgoing = { letter, version: await this.newestVersion(letter) };
      const size = bytesOf(outgoing.version.value)?.length ?? 0;
      if (portion.length === MAX_TOGETHER || (portion.length > 0 && bytes + size > MAX_TOGETHER_BYTES)) {
        yield portion;
        portion = [];
        bytes = 0;
      }
      portion.push(outgoing);
      bytes += size;
    }
    if (portion.length > 0) yield portion;
  }

  private async newestVersion(letter: DeadLetterDocument): Promise<Version> {
    if (letter.edits === 0) return { ...letter, isKeyEdited: false };
    const edit = await whileMongoIsThere(() =>
      this.deadLetters.edits.findById(editId(letter._id, letter.edits)).lean(),
    );
    if (!edit) throw new Error(`edit ${letter.edits} of dead letter ${letter._id} is missing`);
    return { ...edit, isKeyEdited: !sameBytes(edit.key, letter.key) };
  }
}

/** Key, value and headers as they are to be sent. */
type Version = Pick<DeadLetterDocument, 'key' | 'value' | 'headers'> & { isKeyEdited: boolean };

interface Outgoing {
  letter: DeadLetterDocument;
  version: Version;
}

function editId(letterId: string, edit: number): string {
  return `${letterId}#${edit}`;
}

function editedVersion(
  letter: DeadLetterDocument,
  newest: Version,
  { keyBase64, valueBase64, headers, reason, by, requestId }: EditDeadLetterRequest,
): DeadLetterEditDocument {
  const edit = letter.edits + 1;
  return {
    _id: editId(letter._id, edit),
    letterId: letter._id,
    edit,
    key: keyBase64 === undefined ? bytesOf(newest.key) : Buffer.from(keyBase64, 'base64'),
    value: valueBase64 === undefined ? bytesOf(newest.value) : Buffer.from(valueBase64, 'base64'),
    headers:
      headers?.map(({ name, valueBase64: value }) => ({ name, value: Buffer.from(value, 'base64') })) ?? newest.headers,
    reason,
    by,
    at: new Date(),
    requestId,
  };
}

/** An edited key chooses its partition anew, or the item's events would lie in two. */
function messageOf({ letter, version }: Outgoing): OutgoingMessage {
  const headers = version.headers.filter(({ name }) => name !== REPLAY_HEADER);
  return {
    topic: letter.place.topic,
    partition: version.isKeyEdited ? undefined : letter.place.partition,
    key: bytesOf(version.key),
    value: bytesOf(version.value),
    headers: [
      ...headers.map(({ name, value }): [string, Buffer] => [name, bytesOf(value) ?? Buffer.alloc(0)]),
      [REPLAY_HEADER, replayHeader(letter)],
    ],
  };
}

function sameBytes(one: Buffer | null, other: Buffer | null): boolean {
  const [a, b] = [bytesOf(one), bytesOf(other)];
  return a === null || b === null ? a === b : a.equals(b);
}
