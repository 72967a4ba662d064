import { describe, expect, it } from '@jest/globals';
import { ingestedMessage } from '../testing/fakes.js';
import { REPLAY_HEADER, replayHeader, replayMarkOf } from './replay-mark.js';

const LETTER = { _id: 'content.ingested.v1/3/17', replayToken: '3b9c1c54-54c5-4f1d-9d5e-0d8c6f3f7a11' };

function markIn(value: Buffer): ReturnType<typeof replayMarkOf> {
  return replayMarkOf({ ...ingestedMessage(0), headers: [[REPLAY_HEADER, value]] });
}

describe('the mark of a replay', () => {
  it('names the dead letter and proves it', () => {
    expect(markIn(replayHeader(LETTER))).toEqual({ letterId: LETTER._id, token: LETTER.replayToken });
  });

  it.each(['', 'content.ingested.v1/3/17', ' content.ingested.v1/3/17', `token ${'x'.repeat(1000)}`])(
    'is not read from %j',
    (text) => {
      expect(markIn(Buffer.from(text))).toBeUndefined();
    },
  );

  it('is on no message that was not replayed', () => {
    expect(replayMarkOf(ingestedMessage(0))).toBeUndefined();
  });
});
