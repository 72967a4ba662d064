import { enrichArticle } from '../enrich-article.js';

const BODY =
  'Mira Holt, the mayor of Aberdeen, met officials in Paris, Texas on Monday. Holt said the talks with France had gone well. ' +
  'Researchers at the University of Velmouth, who advised Holt, disagreed.';

describe('entities', () => {
  const { entities = [], places = [] } = enrichArticle(
    { body: BODY },
    { steps: ['language', 'entities', 'places'] },
  ).enrichment;

  it('stand where they say they stand', () => {
    for (const { text, start, end } of entities) expect(BODY.slice(start, end)).toBe(text);
  });

  it('group a surname with the full name', () => {
    const people = entities.filter(({ type }) => type === 'person');
    expect(people.length).toBeGreaterThan(1);
    expect(new Set(people.map(({ name }) => name))).toEqual(new Set(['Mira Holt']));
  });

  it('are weighed by how often and how early they stand', () => {
    const salience = (text: string) => entities.find((entity) => entity.text === text)?.salience ?? 0;
    expect(salience('Mira Holt')).toBeGreaterThan(salience('France'));
  });

  it('put places on the map, in the state the text names', () => {
    const paris = places.find(({ name }) => name === 'Paris');
    expect(paris).toMatchObject({ country: 'US', geonameId: 4717560 });
    expect(places.find(({ name }) => name === 'France')).toMatchObject({ country: 'FR' });
  });

  it('outside English are countries and large cities', () => {
    const body = 'Der Minister reiste am Montag von Hamburg nach Frankreich und in die Türkei.';
    const { enrichment } = enrichArticle({ body }, { steps: ['language', 'entities'] });
    expect(enrichment.entities?.map(({ text }) => text)).toEqual(['Hamburg', 'Frankreich', 'Türkei']);
  });
});
