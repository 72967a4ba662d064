import { type JourneyStep, STAGES, type StageName } from '@wireroom/contracts';
import { type Journey, endingOf, stepOf, timesOf } from '../journey.js';
import type { Submitted } from '../submit.js';
import type { WireEntry } from './wire.js';

/** What is known of a sample that was sent. */
export interface Evidence {
  /** What the HTTP door said; absent for a sample put on a topic. */
  answer?: Submitted;
  sentAt: number;
  /** Whether it was here before this start. */
  isKnown?: boolean;
  journey?: Journey;
  /** Dead letter of the very message, for a sample put on a topic. */
  letter?: Pick<JourneyStep, 'stage' | 'code' | 'detail'>;
  /** Detected language of the published revision, once it was asked for. */
  language?: string;
}

export type StageMark = 'waiting' | 'done' | 'skipped' | 'dead' | 'unreached';

/** Where a sample stands. */
export interface Progress {
  name: string;
  revision?: number;
  /** Whether it was here before this start. */
  isKnown?: boolean;
  marks: Record<StageName, StageMark>;
  /** Milliseconds per stage, as far as it got. */
  times: Partial<Record<StageName, number>>;
  /** How it ended; absent while it is on its way. */
  outcome?: string;
  headline?: string;
  /** Why it did not end as expected. */
  fault?: string;
}

/** Compares what became of a sample with what must become of it. Pure. */
export function judge(entry: WireEntry, evidence: Evidence): Progress {
  const { answer, journey, sentAt, isKnown } = evidence;
  const revision = answer?.accepted ? answer.revision : undefined;
  const arrival = isKnown ? undefined : sentAt;
  const base = {
    name: entry.name,
    revision,
    isKnown,
    times: journey && revision !== undefined && !isDuplicate(answer) ? timesOf(journey, revision, arrival) : {},
  };
  if (answer && !answer.accepted) return { ...base, marks: marks('unreached'), ...rejected(entry, answer) };
  if (isDuplicate(answer)) return { ...base, marks: marks('unreached'), ...duplicate(entry, revision) };
  if (!answer) return { ...base, ...ofTopic(entry, evidence.letter) };
  if (!journey || revision === undefined) return { ...base, marks: marks('waiting') };
  return { ...base, marks: marksOf(journey, revision), ...ofJourney(entry, journey, revision, evidence.language) };
}

type Verdict = Pick<Progress, 'outcome' | 'headline' | 'fault'>;

function rejected({ expect }: WireEntry, { status, code, message }: Extract<Submitted, { accepted: false }>): Verdict {
  const isExpected = expect.outcome === 'rejected' && expect.code === code;
  return { outcome: `rejected (${code})`, fault: isExpected ? undefined : `refused with ${status} ${code}: ${message}` };
}

function duplicate({ expect }: WireEntry, revision: number | undefined): Verdict {
  const fault =
    expect.outcome !== 'duplicate'
      ? `taken for a duplicate of revision ${revision}`
      : expect.revision === revision
        ? undefined
        : `duplicate of revision ${revision}, expected ${expect.revision}`;
  return { outcome: 'duplicate', fault };
}

function ofTopic(
  { expect }: WireEntry,
  letter: Evidence['letter'],
): Pick<Progress, 'marks' | 'outcome' | 'headline' | 'fault'> {
  if (!letter) return { marks: marks('waiting') };
  const isExpected = expect.outcome === 'dead-letter' && expect.stage === letter.stage && expect.code === letter.code;
  return {
    marks: { ...marks('unreached'), [letter.stage]: 'dead' },
    outcome: `dead letter (${letter.code})`,
    fault: isExpected ? undefined : `dead letter at ${letter.stage}: ${letter.code} ${letter.detail ?? ''}`.trim(),
  };
}

function ofJourney({ expect }: WireEntry, journey: Journey, revision: number, language?: string): Verdict {
  const ending = endingOf(journey, revision);
  if (!ending) return {};
  const { outcome, step } = ending;
  switch (outcome) {
    case 'published': {
      const headline = step.title ?? stepOf(journey, 'enrichment', revision)?.title;
      const fault =
        expect.outcome === 'published'
          ? faultOfArticle(expect, { revision, headline, language })
          : `published, expected ${expect.outcome}`;
      return { outcome, headline, fault };
    }
    case 'retracted': {
      const isExpected = expect.outcome === 'retracted' && expect.revision === revision;
      return { outcome, fault: isExpected ? undefined : `retracted as revision ${revision}, expected ${expect.outcome}` };
    }
    case 'skipped':
      return { outcome: `skipped (${step.code})`, fault: `skipped at ${step.stage}: ${step.code}` };
    case 'dead-lettered': {
      const isExpected = expect.outcome === 'dead-letter' && expect.stage === step.stage && expect.code === step.code;
      const fault = isExpected ? undefined : `dead letter at ${step.stage}: ${step.code} ${step.detail ?? ''}`.trim();
      return { outcome: `dead letter (${step.code})`, fault };
    }
  }
}

/** What a retraction has taken away by now can't be compared, and is no fault. */
function faultOfArticle(
  expected: { headline: string; revision: number; language: string },
  found: { headline?: string; revision: number; language?: string },
): string | undefined {
  const faults = (['revision', 'headline', 'language'] as const).flatMap((field) =>
    found[field] === undefined || found[field] === expected[field]
      ? []
      : [`${field} is ${JSON.stringify(found[field])}, expected ${JSON.stringify(expected[field])}`],
  );
  return faults.length > 0 ? faults.join('; ') : undefined;
}

function marksOf(journey: Journey, revision: number): Record<StageName, StageMark> {
  const result = marks('waiting');
  let isOver = false;
  for (const stage of STAGES) {
    const step = stepOf(journey, stage, revision);
    if (isOver) result[stage] = 'unreached';
    else if (step) result[stage] = step.outcome === 'skipped' ? 'skipped' : 'done';
    else if (journey[stage].some(({ outcome }) => outcome === 'dead-lettered')) result[stage] = 'dead';
    isOver ||= result[stage] === 'dead' || result[stage] === 'skipped';
  }
  return result;
}

function marks(mark: StageMark): Record<StageName, StageMark> {
  return { ingest: mark, enrichment: mark, publishing: mark };
}

function isDuplicate(answer: Submitted | undefined): boolean {
  return answer?.accepted === true && answer.outcome === 'duplicate';
}
