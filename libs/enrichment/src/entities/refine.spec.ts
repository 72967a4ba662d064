import { tokenize } from '../text/tokens.js';
import type { EntityType } from './name-span.js';
import { refine } from './refine.js';

describe('names, once the document is known', () => {
  it.each([
    ['Shares in the airline [person Norvik] rose.', 'Norvik=organisation'],
    ['Money came from [place Norvik], a small Danish foundation in Velmouth.', 'Norvik=organisation'],
    ['They sang in [organisation Norvik], a village of 400 people.', 'Norvik=place'],
    ['Analysts at [person Holt & Sons] agreed.', 'Holt & Sons=organisation'],
    ['The plant belongs to [place Norvik Energy].', 'Norvik Energy=organisation'],
    ['The Nurses Union ([place Velmun]) agreed.', 'Nurses Union=organisation, Velmun=organisation'],
    ['It was a 3-0 win over [place Norvik] at home.', 'Norvik=organisation'],
    ['Money for [place Norvik Blocks], founded in 2021 by two sisters, ran out.', 'Norvik Blocks=organisation'],
    ['She left [person Norvik], which sells nets.', 'Norvik=organisation'],
    ['People left [place Norvik], founded in 1203.', 'Norvik=place'],
    ['Its owner, [person Norvik Holdings], agreed.', 'Norvik Holdings=organisation'],
    ["The drivers' union, [person Velmun], agreed.", 'Velmun=organisation'],
    ['Its spokeswoman, [place Giulia Holm], agreed.', 'Giulia Holm=person'],
    ['She told the [person al-Norvik] news channel so.', 'al-Norvik=organisation'],
    ['Readers of the [person Norvik] newspaper wrote.', 'Norvik=organisation'],
    ['At a [person Norvik] news conference she spoke.', 'Norvik=person'],
    ['The fund belongs to [person PlayNorvik].', 'PlayNorvik=organisation'],
    ['He works for [place VBC].', 'VBC=organisation'],
    ['She sings with [person Charlotte Church].', 'Charlotte Church=person'],
    ['In [place Norvik], a group of traders waited.', 'Norvik=place'],
    ['She teaches at the [place University of Norvik] now.', 'University of Norvik=organisation'],
    ['A lawyer for the company, [person Mira A. Holt], agreed.', 'Mira A. Holt=person'],
  ])('are of the kind that the text says they are of: %s', (marked, expected) => {
    expect(refined(marked)).toBe(expected);
  });

  it('keep a kind that was told once, also for the short form', () => {
    expect(refined('[person Norvik Holdings] fell. "Too dear," said an analyst. [person Norvik] gained later.')).toBe(
      'Norvik Holdings=organisation, Norvik=organisation',
    );
    expect(refined('The [organisation Melinda Fund] gave more than [person Melinda] did.')).toContain('Melinda=person');
  });

  it.each([
    [
      '[organisation NORVIK], [organisation Norrland] (AP) — It rained.',
      'NORVIK=place, Norrland=place, AP=organisation',
    ],
    ['ST. NORVIK, Mo. (AP) — It rained.', 'ST. NORVIK=place, AP=organisation'],
    ['NORVIK, March 8 (Reuters) - It rained.', 'NORVIK=place, Reuters=organisation'],
    ['CHICAGO -- It rained.', 'CHICAGO=place'],
    ['EXCLUSIVE - It rained.', ''],
  ])('are places in a dateline: %s', (marked, expected) => {
    expect(refined(marked)).toBe(expected);
  });

  it.each([
    ['Nets were sold at a bar called The Green Anchor in May.', 'The Green Anchor=organisation'],
    ['She wrote to The Velmouth Herald on Monday.', 'The Velmouth Herald=organisation'],
    [
      'The [organisation Fishing Commission] met. Boats wait for the Commission to act.',
      'Fishing Commission=organisation, Commission=organisation',
    ],
    ['[person Niamh Roche] spoke. Fans like Roche most of all.', 'Niamh Roche=person, Roche=person'],
    ['LONDON (Reuters) - Chipmaker Norvik Inc rose.', 'LONDON=place, Reuters=organisation, Norvik Inc=organisation'],
    ['Chipmaker Norvik Inc NRVK.O rose. Norvik sells chips.', 'Norvik Inc=organisation, Norvik=organisation'],
    ['They asked the Netherlands for help.', 'Netherlands=place'],
    ['"She left. Unesco has no say," he said.', 'Unesco=organisation'],
    ['Apple growers lost a third of their crop.', ''],
    ['He acted in the film The Green Anchor in May.', ''],
  ])('are found where the model passed them over: %s', (marked, expected) => {
    expect(refined(marked)).toBe(expected);
  });

  it.each([
    ['It was [person Mrs Holt] and [person Dr. Holm].', 'Holt=person, Holm=person'],
    ['Then [person Mira] [person Anna Holm] left.', 'Mira Anna Holm=person'],
    [
      'NORVIK (AP) — [organisation Shares of Holm Holdings] fell.',
      'NORVIK=place, AP=organisation, Holm Holdings=organisation',
    ],
    ['[place A Velmouth County] clerk left.', 'Velmouth County=place'],
    ['[place Elsewhere], the talks in [place Velmouth] went on.', 'Velmouth=place'],
    ['The song ended. [person Singer Mira Holt] bowed.', 'Mira Holt=person'],
    [
      'Then [person Mira Holm]-Quist and [person Holm] met; Holm-Quist won.',
      'Mira Holm-Quist=person, Holm=person, Holm-Quist=person',
    ],
    ['Police named [person Mira] "Red" Holt.', 'Mira "Red" Holt=person'],
    ['He owed [person Carmen] del [person Valle] money.', 'Carmen del Valle=person'],
    ['The minister, [person Han Ji]-woo, spoke.', 'Han Ji-woo=person'],
    ['The [place New York]-led talks failed.', 'New York=place'],
    ['The House asked. [organisation Near Velmouth Bay] boats waited.', 'Velmouth Bay=organisation'],
    ['It will be heard by the [organisation Committee] on Fishing Rights.', 'Committee on Fishing Rights=organisation'],
    ['The boats of the Maritime and [organisation Rescue Agency] left.', 'Maritime and Rescue Agency=organisation'],
    ["The house beside [place St Mark]'s Church burned.", "St Mark's Church=organisation"],
    ["It left [place Norway]'s Church alone.", 'Norway=place'],
    ['The [place Hague] will hear the case.', 'The Hague=place'],
    ['The [organisation Reserve Bank] of [place Norvik] waited.', 'Reserve Bank of Norvik=organisation'],
    [
      'A suit by the [place U.S.] [organisation Department of Fishing] failed.',
      'U.S. Department of Fishing=organisation',
    ],
    ['Rain fell in [place Vermont and New Hampshire].', 'Vermont=place, New Hampshire=place'],
    ['The [place Paris]-[place Berlin] train was late.', 'Paris=place, Berlin=place'],
  ])('begin and end where they should: %s', (marked, expected) => {
    expect(refined(marked)).toBe(expected);
  });
});

/** Refines the names marked as "[person Mira Holt]" and lists what comes out as "Mira Holt=person". */
function refined(marked: string): string {
  const names: { type: EntityType; start: number; end: number }[] = [];
  let text = '';
  for (const [part, type, name] of marked.matchAll(/\[(person|organisation|place) ([^\]]+)\]|[^[]+/gu)) {
    if (name) names.push({ type: type as EntityType, start: text.length, end: text.length + name.length });
    text += name ?? part;
  }
  const tokens = tokenize(text);
  const spans = names.map(({ type, start, end }) => ({
    type,
    first: tokens.findIndex((token) => token.start === start),
    last: tokens.findIndex((token) => token.end === end) + 1,
  }));
  return refine(tokens, spans)
    .map(({ type, first, last }) => `${text.slice(tokens[first]!.start, tokens[last - 1]!.end)}=${type}`)
    .join(', ');
}
