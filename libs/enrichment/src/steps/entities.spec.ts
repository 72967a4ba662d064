import { STEPS } from '../chain.js';
import { readData } from '../data.js';
import type { PieceEncoder } from '../encoder/token-vectors.js';
import { enrichArticle } from '../enrich-article.js';
import type { WordReaders } from '../entities/encoder-opinion.js';
import { recognizeNames } from '../entities/recognize.js';
import { TAGS } from '../entities/sequence-model.js';
import type { HeadFile } from '../entities/vector-head.js';
import { TextIndex } from '../text/text-index.js';
import { recognizeEntities, recognizeEntitiesAccurately } from './entities.js';

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

  it('leave a country on the map that acts or plays', () => {
    const body = 'Brazil beat Ireland in Dublin on Monday.';
    const { enrichment } = enrichArticle({ body }, { steps: ['language', 'entities', 'places'] });
    expect(enrichment.entities?.find(({ text }) => text === 'Brazil')).toMatchObject({ type: 'organisation' });
    expect(enrichment.places?.find(({ name }) => name === 'Brazil')).toMatchObject({ country: 'BR' });
  });

  it('carry the name as the text writes it, not as its dateline shouts it', () => {
    const body = 'PARIS, France - The talks in Paris went on until Monday, officials in Paris said.';
    const { enrichment } = enrichArticle({ body }, { steps: ['language', 'entities'] });
    const found = (enrichment.entities ?? []).filter(({ text }) => text.toLowerCase() === 'paris');
    expect(new Set(found.map(({ text }) => text))).toEqual(new Set(['PARIS', 'Paris']));
    expect(new Set(found.map(({ name }) => name))).toEqual(new Set(['Paris']));
  });

  it('are places in a dateline, and end with it', () => {
    const body = 'VARNO (Norwire) - Shares of Holt Energy fell in London on Monday.';
    const { enrichment } = enrichArticle({ body, dateline: 'VARNO (Norwire)' }, { steps: ['language', 'entities'] });
    expect(enrichment.entities?.find(({ start }) => start === 0)).toMatchObject({ type: 'place', text: 'VARNO' });
  });

  it('outside English are also the city of the dateline, however small', () => {
    const body = 'LYON - Les médecins ont entamé lundi une grève. Les hôpitaux de Lyon restent ouverts.';
    const { enrichment } = enrichArticle({ body, dateline: 'LYON' }, { steps: ['language', 'entities', 'places'] });
    expect(enrichment.entities?.map(({ text, name }) => `${text}=${name}`)).toEqual(['LYON=Lyon', 'Lyon=Lyon']);
    expect(enrichment.places?.map(({ geonameId }) => geonameId)).toEqual([2996944, 2996944]);
  });

  it('outside English are countries and large cities', () => {
    const body = 'Der Minister reiste am Montag von Hamburg nach Frankreich und in die Türkei.';
    const { enrichment } = enrichArticle({ body }, { steps: ['language', 'entities'] });
    expect(enrichment.entities?.map(({ text }) => text)).toEqual(['Hamburg', 'Frankreich', 'Türkei']);
  });
});

describe('entities with an encoder and a recognizer', () => {
  const means = readData<HeadFile>('model/entity-head.json').views.map(({ mean }) => mean);
  const [encoded, recognized, moves] = means as [number[], number[], number[]];
  /** Says of every piece what is said on average. */
  const encoder: PieceEncoder = {
    dimensions: encoded.length,
    encode: ({ length }) =>
      Float32Array.from({ length: length * encoded.length }, (_, at) => encoded[at % encoded.length]!),
  };
  /** Takes every word with a capital for a person's name. */
  const [OUTSIDE, UNIT_PERSON] = [0, 4];
  const recognizer: WordReaders['recognizer'] = {
    read: (words) => ({
      vectors: words.map(() => Float32Array.from(recognized)),
      moves: words.map((word) =>
        Float32Array.from(moves, (_, group) =>
          Math.log(group === (/^\p{Lu}/u.test(word) ? UNIT_PERSON : OUTSIDE) ? 1 : 0.001),
        ),
      ),
    }),
  };
  const fails = () => {
    throw new Error('out of memory');
  };
  const broken: WordReaders = { encoder: { dimensions: encoded.length, encode: fails }, recognizer: { read: fails } };
  const enrich = (body: string, by: WordReaders) => {
    const chain = STEPS.map((step) => (step === recognizeEntities ? recognizeEntitiesAccurately(by) : step));
    return enrichArticle({ body }, {}, chain);
  };

  it('stand where they say they stand, and name the version that found them', () => {
    const { enrichment, provenance } = enrich(BODY, { encoder, recognizer });
    expect(enrichment.failedSteps).toBeUndefined();
    expect(enrichment.entities?.length).toBeGreaterThan(0);
    for (const { text, start, end } of enrichment.entities ?? []) expect(BODY.slice(start, end)).toBe(text);
    expect(provenance.filter(({ extractor }) => extractor === 'entities')).toMatchObject([
      { rule: 'sequence-model-and-encoder', version: `${recognizeEntities.version}+encoder.2` },
    ]);
  });

  it('need neither where the text is not English', () => {
    const body = 'Der Minister reiste am Montag von Hamburg nach Frankreich und in die Türkei.';
    expect(enrich(body, broken).enrichment.entities).toEqual(enrichArticle({ body }).enrichment.entities);
  });

  it.each<[string, WordReaders]>([
    ['encoder', { ...broken, recognizer }],
    ['recognizer', { ...broken, encoder }],
  ])('cost themselves and no other step when the %s fails', (_, readers) => {
    const { enrichment } = enrich(BODY, readers);
    expect(enrichment.failedSteps).toEqual([{ step: 'entities', code: 'step-failed' }]);
    expect(enrichment.dates?.length).toBeGreaterThan(0);
  });

  it('heed the second opinion', () => {
    const text = new TextIndex('The talks with Velmouth went well.');
    const types = (wanted: string) =>
      recognizeNames(text, (_, runs) =>
        runs.map(({ first, last }) =>
          Float64Array.from({ length: (last - first) * TAGS.length }, (_, at) =>
            text.tokens[first + Math.floor(at / TAGS.length)]!.text === 'Velmouth' && TAGS[at % TAGS.length] === wanted
              ? 50
              : 0,
          ),
        ),
      ).map(({ type }) => type);
    expect(types('U-place')).toEqual(['place']);
    expect(types('U-organisation')).toEqual(['organisation']);
    expect(types('O')).toEqual([]);
  });
});
