import { type JourneyStep, STAGES, type StageName } from '@wireroom/contracts';
import { type Clients, stagesOf } from './clients.js';

/** An item's way over all stages. */
export type Journey = Record<StageName, JourneyStep[]>;

/** How a revision ended, or undefined while it is still on its way. */
export type Ending =
  | { outcome: 'published' | 'retracted'; step: JourneyStep }
  | { outcome: 'skipped' | 'dead-lettered'; step: JourneyStep };

/** Asks all stages at once. @throws CallFailed */
export async function fetchJourney(clients: Clients, contentId: string): Promise<Journey> {
  const answers = await Promise.all(
    stagesOf(clients).map(async ([stage, client]) => [stage, (await client.journey(contentId)).steps] as const),
  );
  return Object.fromEntries(answers) as Journey;
}

/** The step of a revision at a stage: the newest processing of it that was not set aside. */
export function stepOf(journey: Journey, stage: StageName, revision: number): JourneyStep | undefined {
  return journey[stage].findLast((step) => step.revision === revision && step.outcome !== 'dead-lettered');
}

/**
 * How a revision ended. Said to the world is published; stored and unsaid isn't yet. A dead letter does not name its
 * revision: it counts for the one that got as far as the stage before, no later than the letter.
 */
export function endingOf(journey: Journey, revision: number): Ending | undefined {
  const published = stepOf(journey, 'publishing', revision);
  if (published?.outcome === 'done' && published.said) {
    return { outcome: published.kind === 'retraction' ? 'retracted' : 'published', step: published };
  }
  let before: JourneyStep | undefined;
  for (const stage of STAGES) {
    const step = stepOf(journey, stage, revision);
    if (step?.outcome === 'skipped') return { outcome: 'skipped', step };
    const dead = step ? undefined : journey[stage].findLast((one) => isDeadAfter(one, before));
    if (dead) return { outcome: 'dead-lettered', step: dead };
    if (!step) return undefined;
    before = step;
  }
  return undefined;
}

function isDeadAfter(step: JourneyStep, before: JourneyStep | undefined): boolean {
  return step.outcome === 'dead-lettered' && (before === undefined || step.storedAt >= before.storedAt);
}

/**
 * Milliseconds a revision spent until each stage had stored it, counted from the stage before; for ingest, from
 * `sentAt`. A stage it has not reached is absent.
 */
export function timesOf(journey: Journey, revision: number, sentAt?: number): Partial<Record<StageName, number>> {
  const times: Partial<Record<StageName, number>> = {};
  let before = sentAt;
  for (const stage of STAGES) {
    const step = stepOf(journey, stage, revision);
    if (!step) break;
    const storedAt = Date.parse(step.storedAt);
    if (before !== undefined) times[stage] = Math.max(0, storedAt - before);
    before = storedAt;
  }
  return times;
}
