import { describe, expect, it } from '@jest/globals';
import type { QualityFigures, ShareFigure } from '@wireroom/contracts';
import { driftsOf } from './drift.js';

function figures(items: number, changes: Partial<QualityFigures> = {}): QualityFigures {
  return {
    from: '2026-03-01T00:00:00Z',
    to: '2026-03-02T00:00:00Z',
    items,
    coverage: [],
    languages: [],
    failedSteps: [],
    bodyCharsP50: 2000,
    ...changes,
  };
}

const share = (name: string, count: number, of: number): ShareFigure => ({ name, count, share: count / of });
const drifts = (recent: QualityFigures, before: QualityFigures): string[] =>
  driftsOf({ recent, before }).map(({ figure, message }) => `${figure}: ${message}`);

describe('drift', () => {
  it('is a field that most articles have lost', () => {
    const recent = figures(100, { coverage: [share('title', 20, 100)] });
    const before = figures(700, { coverage: [share('title', 690, 700)] });
    expect(drifts(recent, before)).toEqual(['coverage.title: title in 20 % of the articles; it was 99 %']);
  });

  it('is a language that was not there before', () => {
    const recent = figures(60, { languages: [share('de', 30, 60), share('en', 30, 60)] });
    const before = figures(300, { languages: [share('en', 300, 300)] });
    expect(drifts(recent, before)).toEqual([
      'language.de: de in 50 % of the articles; it was 0 %',
      'language.en: en in 50 % of the articles; it was 100 %',
    ]);
  });

  it('is bodies of another length', () => {
    expect(drifts(figures(40, { bodyCharsP50: 300 }), figures(300))).toEqual([
      'bodyChars: half of the bodies are shorter than 300 characters; it was 2000',
    ]);
    expect(drifts(figures(40, { bodyCharsP50: 1500 }), figures(300))).toEqual([]);
  });

  it('is not what chance does to a few articles', () => {
    const recent = figures(20, { coverage: [share('leadImage', 10, 20)] });
    const before = figures(140, { coverage: [share('leadImage', 98, 140)] });
    expect(drifts(recent, before)).toEqual([]);
  });

  it('is not told of a source of which too little is known', () => {
    expect(drifts(figures(5, { bodyCharsP50: 10 }), figures(300))).toEqual([]);
    expect(drifts(figures(100, { bodyCharsP50: 10 }), figures(49))).toEqual([]);
  });

  it('is silence of a source that speaks every day, and not of a rare one', () => {
    expect(drifts(figures(0), figures(140))).toEqual([
      'silent: no article in the last day; 20 a day in the week before',
    ]);
    expect(drifts(figures(0), figures(50))).toEqual([]);
  });
});
