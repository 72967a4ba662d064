import type { QualityDrift, QualityFigures, ShareFigure } from '@wireroom/contracts';

/** Fewer items than these tell nothing of a source. */
const ENOUGH_RECENT = 20;
const ENOUGH_BEFORE = 50;
/** A share has drifted when chance would not bring it this far (two-proportion z-test) and a reader would notice. */
const MIN_Z = 4;
const MIN_SHARE_CHANGE = 0.15;
const MIN_LENGTH_RATIO = 1.7;
/** A source that sends as by chance falls silent for a day less often than once in ten thousand days. */
const MAX_CHANCE_OF_SILENCE = 1e-4;
const DAYS_BEFORE = 7;

/** Where a source's last day has left its own week before, beyond chance. Pure. */
export function driftsOf({ recent, before }: { recent: QualityFigures; before: QualityFigures }): QualityDrift[] {
  if (before.items < ENOUGH_BEFORE) return [];
  if (recent.items === 0) return silenceOf(before);
  if (recent.items < ENOUGH_RECENT) return [];
  return [
    ...bodyDrift(recent, before),
    ...shareDrifts('coverage', recent.coverage, before.coverage, recent.items, before.items),
    ...shareDrifts('language', recent.languages, before.languages, recent.items, before.items),
    ...shareDrifts('failedStep', recent.failedSteps, before.failedSteps, recent.items, before.items),
  ];
}

function silenceOf(before: QualityFigures): QualityDrift[] {
  const perDay = before.items / DAYS_BEFORE;
  if (Math.exp(-perDay) > MAX_CHANCE_OF_SILENCE) return [];
  const message = `no article in the last day; ${perDay.toFixed(0)} a day in the week before`;
  return [{ figure: 'silent', message, recent: 0, before: perDay }];
}

function bodyDrift(recent: QualityFigures, before: QualityFigures): QualityDrift[] {
  const [now = 0, then = 0] = [recent.bodyCharsP50, before.bodyCharsP50];
  const ratio = Math.max(now, 1) / Math.max(then, 1);
  if (ratio < MIN_LENGTH_RATIO && ratio > 1 / MIN_LENGTH_RATIO) return [];
  const message = `half of the bodies are ${ratio < 1 ? 'shorter' : 'longer'} than ${now} characters; it was ${then}`;
  return [{ figure: 'bodyChars', message, recent: now, before: then }];
}

function shareDrifts(
  group: string,
  recent: ShareFigure[],
  before: ShareFigure[],
  recentItems: number,
  beforeItems: number,
): QualityDrift[] {
  const countsNow = new Map(recent.map(({ name, count }) => [name, count]));
  const countsThen = new Map(before.map(({ name, count }) => [name, count]));
  return [...new Set([...countsNow.keys(), ...countsThen.keys()])].flatMap((name) => {
    const now = (countsNow.get(name) ?? 0) / recentItems;
    const then = (countsThen.get(name) ?? 0) / beforeItems;
    if (Math.abs(now - then) < MIN_SHARE_CHANGE || zOf(now, recentItems, then, beforeItems) < MIN_Z) return [];
    const message = `${name} in ${percent(now)} of the articles; it was ${percent(then)}`;
    return [{ figure: `${group}.${name}`, message, recent: now, before: then }];
  });
}

/** The two-proportion z-test with a pooled share: how many standard deviations apart two shares are. */
function zOf(share: number, of: number, otherShare: number, ofOther: number): number {
  const pooled = (share * of + otherShare * ofOther) / (of + ofOther);
  const deviation = Math.sqrt(pooled * (1 - pooled) * (1 / of + 1 / ofOther));
  return deviation === 0 ? 0 : Math.abs(share - otherShare) / deviation;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
