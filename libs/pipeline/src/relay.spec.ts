import { beforeEach, describe, expect, it } from '@jest/globals';
import { ContentIngested } from '@wireroom/contracts';
import { UnavailableError } from '@wireroom/platform';
import {
  FakeProducer,
  FakeStore,
  type Journal,
  type NoteDocument,
  envWith,
  ingestedMessage,
  itemId,
  noteOf,
  silent,
} from '../testing/fakes.js';
import { decode } from './received-message.js';
import { Relay } from './relay.js';

let journal: Journal;
let store: FakeStore;
let producer: FakeProducer;

beforeEach(() => {
  journal = [];
  store = new FakeStore(journal);
  producer = new FakeProducer(journal);
});

function stored(revision: number): NoteDocument {
  const message = ingestedMessage(revision, { contentId: itemId(1), revision });
  const document = noteOf(decode(ContentIngested, message), 'note');
  store.documents.set(document._id, document);
  return document;
}

function relayWith(settings: Parameters<typeof envWith>[0] = {}): Relay {
  return new Relay(store, producer, envWith(settings), silent);
}

describe('Relay', () => {
  it('given documents, then they are sent in order and marked only then', async () => {
    const relay = relayWith();
    await relay.say([stored(1), stored(2)]);
    expect(journal).toEqual(['send 2']);
    await relay.flush();
    expect(journal).toEqual(['send 2', 'mark 1 of 1', 'mark 2 of 1']);
  });

  it('given an event that is acknowledged and not yet marked, then a later one may still queue behind it', async () => {
    const relay = relayWith();
    await relay.say([stored(1)]);
    expect(relay.isSaying(itemId(1))).toBe(true);
    await relay.flush();
    expect(relay.isSaying(itemId(1))).toBe(false);
  });

  it('given marks that fail, then nothing counts as under way and the sweeper will find the documents', async () => {
    const relay = relayWith();
    await relay.say([stored(1)]);
    store.failure = new UnavailableError('mongodb');
    await relay.flush();
    expect(relay.isSaying(itemId(1))).toBe(false);
    expect(store.documents.get(`${itemId(1)}/1/1`)?.said).toBe(false);
  });

  it('given a sweep, then the marks are written before it ends', async () => {
    await relayWith().say([stored(1)], 'sweep');
    expect(journal).toEqual(['send 1', 'mark 1 of 1']);
  });

  it('given nothing, then the broker is left alone', async () => {
    await relayWith().say([]);
    expect(journal).toEqual([]);
  });

  it('given a broker that is away, then nothing is marked and nothing counts as under way', async () => {
    producer.failure = new UnavailableError('kafka');
    const relay = relayWith();
    const saying = relay.say([stored(1)]);
    expect(relay.isSaying(itemId(2))).toBe(false);
    await expect(saying).rejects.toBeInstanceOf(UnavailableError);
    expect(journal).toEqual([]);
    expect(relay.isSaying(itemId(1))).toBe(false);
  });

  it('given documents said in the background, then a flush waits for them and a failure is swallowed', async () => {
    const relay = relayWith();
    producer.failure = new UnavailableError('kafka');
    relay.sayLater([stored(1)]);
    await relay.flush();
    relay.sayLater([stored(2)]);
    await relay.flush();
    expect(journal).toEqual(['send 1', 'mark 2 of 1']);
  });

  it('given a queue that is full, then the rest is left to the sweeper', async () => {
    producer.backlog = 5001;
    const relay = relayWith();
    relay.sayLater([stored(1)]);
    await relay.flush();
    expect(journal).toEqual([]);
  });

  it('given the planted bug, then a document is marked before the broker has it', async () => {
    await relayWith({ WIREROOM_PLANT_BUG: 'mark-before-ack' }).say([stored(1)]);
    expect(journal[0]).toBe('mark 1 of 1');
  });
});
