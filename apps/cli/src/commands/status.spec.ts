import type { NowAnswer, StageNow } from '@wireroom/contracts';
import { statusText } from './status.js';

const stage = (fields: Partial<StageNow>): StageNow => ({
  stage: 'enrichment',
  group: 'wireroom-enrichment',
  address: 'http://127.0.0.1:3002',
  health: 'ok',
  reasons: [],
  inFlight: 0,
  perSecond: 0,
  lag: 0,
  unsaid: 0,
  deadLettersOpen: 0,
  ...fields,
});

const now = (fields: Partial<NowAnswer>): NowAnswer => ({
  at: '2026-03-01T08:00:00.000Z',
  stages: [stage({})],
  acceptedPerSecond: 0,
  publishedPerSecond: 0,
  inFlight: 0,
  alarms: [],
  books: { state: 'following' },
  unavailable: [],
  ...fields,
});

describe('statusText', () => {
  it('shows what waits and for how long', () => {
    const text = statusText(
      now({ stages: [stage({ inFlight: 3, oldestWaitingSeconds: 12, lag: 3, perSecond: 1.5 })] }),
    );
    expect(text).toMatch(/^enrichment +ok +3 \(oldest 12 s\) +1\.5 +0 +0 +3$/m);
  });

  it('calls unknown what the stage does not say, and says why', () => {
    const silent = stage({
      health: 'unreachable',
      reasons: ['http://127.0.0.1:9 did not answer'],
      lag: undefined,
      unsaid: undefined,
      deadLettersOpen: undefined,
    });
    const text = statusText(now({ stages: [silent] }));
    expect(text).toMatch(/^enrichment +unreachable +0 +0 +unknown +unknown +unknown$/m);
    expect(text).toMatch(/^enrichment: http:\/\/127\.0\.0\.1:9 did not answer$/m);
  });

  it('tells the alarms, and whether the console itself has counted everything', () => {
    const alarm = {
      id: 'missing',
      severity: 'critical' as const,
      message: '1 revision is missing',
      since: '2026-03-01T07:00:00.000Z',
    };
    const text = statusText(now({ alarms: [alarm], books: { state: 'counting', counted: 10, ofAbout: 40 } }));
    expect(text.split('\n').slice(2)).toEqual([
      'critical: 1 revision is missing',
      'the console is counting what is stored (10 of about 40): more may be in flight',
    ]);
  });
});
