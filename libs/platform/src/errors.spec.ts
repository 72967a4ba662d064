import { describe, expect, it } from '@jest/globals';
import { UnavailableError } from './errors.js';
import { whileKafkaIsThere } from './kafka.js';
import { whileMongoIsThere } from './mongo.js';

function named(name: string, fields: object = {}): Error {
  return Object.assign(new Error(`a ${name}`), { name, ...fields });
}

const failWith = (error: Error) => () => Promise.reject(error);

describe('whileMongoIsThere', () => {
  it('given an answer, then it is passed on', async () => {
    expect(await whileMongoIsThere(() => Promise.resolve(7))).toBe(7);
  });

  it.each([named('MongoServerSelectionError'), named('MongoNetworkError'), named('MongoServerError', { code: 10107 })])(
    'given %s, then the server is away',
    async (cause) => {
      const failing = whileMongoIsThere(failWith(cause));
      await expect(failing).rejects.toBeInstanceOf(UnavailableError);
      await expect(failing).rejects.toMatchObject({ what: 'mongodb', cause });
    },
  );

  it.each([named('MongoBulkWriteError', { code: 11000 }), new TypeError('a bug')])(
    'given %s, then it is not a server that is away',
    async (error) => {
      await expect(whileMongoIsThere(failWith(error))).rejects.toBe(error);
    },
  );
});

describe('whileKafkaIsThere', () => {
  it.each([
    named('KafkaJSConnectionError'),
    named('KafkaJSProtocolError', { retriable: true }),
    named('KafkaJSNonRetriableError', { retriable: false, cause: named('KafkaJSNumberOfRetriesExceeded') }),
  ])('given %s, then the broker is away', async (cause) => {
    await expect(whileKafkaIsThere(failWith(cause))).rejects.toMatchObject({ what: 'kafka', cause });
  });

  it.each([named('KafkaJSProtocolError', { retriable: false }), new TypeError('a bug')])(
    'given %s, then it is not a broker that is away',
    async (error) => {
      await expect(whileKafkaIsThere(failWith(error))).rejects.toBe(error);
    },
  );
});
