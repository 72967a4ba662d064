import { findPlaceNames } from './find-place-names.js';
import { resolvePlaces } from './resolve.js';
import { TextIndex } from '../text/text-index.js';

describe('places', () => {
  it.each([
    ['The fire began in London, Ontario.', 'London', 'CA 6058560'],
    ["Canada's minister met the king in London.", 'London', 'GB 2643743'],
    ['Police in Cambridge, Mass., arrested a man.', 'Cambridge', 'US 4931972'],
    ['A court met in Birmingham, Ala.', 'Birmingham', 'US 4049979'],
    ['She works in Newcastle, New South Wales.', 'Newcastle', 'AU 2155472'],
    ['A shop in Perth, Scotland, closed.', 'Perth', 'GB 2640358'],
    ['The market of Hyderabad, Sindh, opened.', 'Hyderabad', 'PK 1176734'],
    ['The mayor of New York spoke.', 'New York', 'US 5128581'],
    ['Voters in the state of New York waited.', 'New York', 'US 5128638'],
  ])('follow what the text says of them: %s', (body, name, expected) => {
    expect(located(body, [name])).toEqual([expected]);
  });

  it('keep a sense that was told once', () => {
    expect(located('A fire hit Portland, Ore. Rain fell in Portland later.', ['Portland', 'Portland'])).toEqual([
      'US 5746545',
      'US 5746545',
    ]);
  });

  it('tell the country Georgia from the state by what stands beside it', () => {
    expect(located('Georgia sent help from Tbilisi.', ['Georgia', 'Tbilisi'])[0]).toBe('GE 614540');
    expect(located('Georgia sent help from Atlanta.', ['Georgia', 'Atlanta'])[0]).toBe('US 4197000');
  });

  it('put a city in the one of two places of a name that has it', () => {
    expect(located('A fire in Athens, Georgia, killed two.', ['Athens', 'Georgia'])).toEqual([
      'US 4180386',
      'US 4197000',
    ]);
  });

  it('take a region for itself, not for a town of its name elsewhere', () => {
    expect(resolvePlaces('Ontario would sue.', mentionsIn('Ontario would sue.', ['Ontario']), 'en')).toMatchObject([
      { name: 'Ontario', country: 'CA' },
    ]);
  });

  it.each([
    ['A quake shook Lisbon.', 'Lisbon', 'PT 2267057'],
    ['The province of Salzburg will sue.', 'Salzburg', 'AT undefined'],
    ['Salzburg will sue.', 'Salzburg', 'AT 2766824'],
    ['Quebec will sue.', 'Quebec', 'CA undefined'],
  ])('take the chief city of a region of its name for itself: %s', (body, name, expected) => {
    expect(located(body, [name])).toEqual([expected]);
  });

  it.each([
    ['Workers closed a bridge over the Avon for repairs.', 'Avon'],
    ['Villages along the Niger are cut off.', 'Niger'],
    ['The Mississippi rose overnight.', 'Mississippi'],
  ])('are none where the article says that a river is meant: %s', (body, name) => {
    expect(located(body, [name])).toEqual([]);
  });

  it.each([
    ['The Delhi government closed schools.', 'Delhi', 'IN 1273294'],
    ['A ship of the Philippines sank.', 'Philippines', 'PH 1694008'],
    ['Talks with the UK failed.', 'UK', 'GB 2635167'],
  ])('stay one with an article that is not their own or that they always have: %s', (body, name, expected) => {
    expect(located(body, [name])).toEqual([expected]);
  });

  it('are told apart by "in" as by a comma', () => {
    expect(located('She left Perth, Scotland, for Perth in Australia.', ['Perth', 'Perth'])).toEqual([
      'GB 2640358',
      'AU 2063523',
    ]);
  });

  it('are a state by its short form, and a region where the country is spoken of', () => {
    expect(located('Rochester, N.Y., is cold.', ['Rochester', 'N.Y.'])).toEqual(['US 5134086', 'US 5128638']);
    expect(resolvePlaces('', mentionsIn('Victoria, Australia', ['Victoria', 'Australia']), 'en')[0]).toMatchObject({
      country: 'AU',
    });
  });

  it('are found under their name to the accent', () => {
    expect(located('Voló a Pekín.', ['Pekín'])).toEqual(['CN 1816670']);
    expect(located('A fire in Pekin, Illinois.', ['Pekin'])).toEqual(['US 4905599']);
  });

  it.each([
    ['fr', 'Les pompiers de Lyon sont venus. Lyon dort.', ['Lyon']],
    ['de', 'Der Zug nach Rom fiel aus.', ['Rom']],
    ['es', 'Habló Carmen de Lima.', []],
  ])('of short names are found in %s behind a preposition of place', (language, body, expected) => {
    expect(findPlaceNames(new TextIndex(body), language).map(({ text }) => text)).toEqual(expected);
  });

  it.each([
    ['de', 'Die Fähre fährt bis München und Brüssel.', ['DE 2867714', 'BE 2800866']],
    ['zh', '渡轮开往上海和东京。', ['CN 1796236', 'JP 1850147']],
    ['ar', 'زار الوزير القاهرة أمس.', ['EG 360630']],
  ])('are found under the names that %s gives them', (language, body, expected) => {
    const places = resolvePlaces(body, findPlaceNames(new TextIndex(body), language), language);
    expect(places.map(({ country, geonameId }) => `${country} ${geonameId}`)).toEqual(expected);
  });
});

function located(body: string, names: string[]): string[] {
  return resolvePlaces(body, mentionsIn(body, names), 'en').map(({ country, geonameId }) => `${country} ${geonameId}`);
}

/** The places of the names in the text, one after the other. */
function mentionsIn(body: string, names: string[]): { text: string; start: number; end: number }[] {
  let from = 0;
  return names.map((text) => {
    const start = body.indexOf(text, from);
    from = start + text.length;
    return { text, start, end: from };
  });
}
