import type { ConsoleDeadLetterAnswer, Redrive, RedriveItem, RedriveOutcome } from '@wireroom/contracts';
import { fateOfItem, fateOfLetter, fateTable, redriveLine } from './fates.js';

const letter = (fields: Partial<ConsoleDeadLetterAnswer>): ConsoleDeadLetterAnswer =>
  ({
    id: 'content.ingested.v1/3/17',
    stage: 'enrichment',
    state: 'open',
    code: 'timeout',
    ...fields,
  }) as ConsoleDeadLetterAnswer;

const item = (outcome: RedriveOutcome, deadLetterId = 'content.ingested.v1/3/17'): RedriveItem => ({
  position: 0,
  stage: 'enrichment',
  deadLetterId,
  code: 'timeout',
  outcome,
});

describe('the fate of a replayed dead letter', () => {
  it('is well when its stage ended it, and names the item it became', () => {
    const resolution = { outcome: 'skipped' as const, code: 'too-short', contentId: 'an-item', at: '' };
    expect(fateOfLetter(letter({ state: 'resolved', resolution }))).toEqual({
      id: 'content.ingested.v1/3/17',
      outcome: 'skipped',
      code: 'too-short',
      contentId: 'an-item',
      isWell: true,
    });
  });

  it.each([
    ['open', 'failed again'],
    ['parked', 'failed again, parked'],
    ['replayed', 'sent, not ended yet'],
  ] as const)('%s is not well: %s', (state, outcome) => {
    expect(fateOfLetter(letter({ state }))).toMatchObject({ outcome, isWell: false });
  });
});

describe('fateTable', () => {
  it('shows those first that need someone, and says how many are left off', () => {
    const fates = [...Array<RedriveItem>(60).fill(item('published')), item('parked', 'content.ingested.v1/0/1')];
    const lines = fateTable(fates.map(fateOfItem)).split('\n');
    expect(lines[1]).toMatch(/^content\.ingested\.v1\/0\/1 +parked$/);
    expect(lines.at(-1)).toBe('50 of 61');
  });
});

it('tells a redrive in one line, without what is nothing', () => {
  const counts = { sent: 0, underWay: 0, skipped: 0, duplicate: 0, deadLettered: 0, failed: 0, gone: 0, left: 0 };
  const redrive = {
    id: 'r1',
    state: 'held',
    total: 10,
    counts: { ...counts, waiting: 8, published: 1, parked: 1 },
    note: 'one failed again',
  } as Redrive;
  expect(redriveLine(redrive)).toBe('redrive r1 held: 8 waiting, 1 published, 1 parked of 10; one failed again');
});
