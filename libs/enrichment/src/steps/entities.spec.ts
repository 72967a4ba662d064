import { STEPS } from '../chain.js';
import type { PieceEncoder } from '../encoder/token-vectors.js';
import { enrichArticle } from '../enrich-article.js';
import { trainedHead } from '../entities/encoder-opinion.js';
import { recognizeNames } from '../entities/recognize.js';
import { TAGS } from '../entities/sequence-model.js';
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

  it('outside English are countries and large cities', () => {
    const body = 'Der Minister reiste am Montag von Hamburg nach Frankreich und in die Türkei.';
    const { enrichment } = enrichArticle({ body }, { steps: ['language', 'entities'] });
    expect(enrichment.entities?.map(({ text }) => text)).toEqual(['Hamburg', 'Frankreich', 'Türkei']);
  });
});

describe('entities with an encoder', () => {
  /** Of the real one's width; a piece's vector follows from its number alone. */
  const encoder: PieceEncoder = {
    dimensions: trainedHead().dimensions,
    encode: (sequence) =>
      Float32Array.from(
        { length: sequence.length * trainedHead().dimensions },
        (_, at) => ((sequence[Math.floor(at / trainedHead().dimensions)]! * (at + 7)) % 11) / 11,
      ),
  };
  const broken: PieceEncoder = {
    dimensions: encoder.dimensions,
    encode: () => {
      throw new Error('out of memory');
    },
  };
  const enrich = (body: string, by: PieceEncoder) => {
    const chain = STEPS.map((step) => (step === recognizeEntities ? recognizeEntitiesAccurately(by) : step));
    return enrichArticle({ body }, {}, chain);
  };

  it('stand where they say they stand, and name the version that found them', () => {
    const { enrichment, provenance } = enrich(BODY, encoder);
    expect(enrichment.failedSteps).toBeUndefined();
    expect(enrichment.entities?.length).toBeGreaterThan(0);
    for (const { text, start, end } of enrichment.entities ?? []) expect(BODY.slice(start, end)).toBe(text);
    expect(provenance.filter(({ extractor }) => extractor === 'entities')).toMatchObject([
      { rule: 'sequence-model-and-encoder', version: `${recognizeEntities.version}+encoder` },
    ]);
  });

  it('need no encoder where the text is not English', () => {
    const body = 'Der Minister reiste am Montag von Hamburg nach Frankreich und in die Türkei.';
    expect(enrich(body, broken).enrichment.entities).toEqual(enrichArticle({ body }).enrichment.entities);
  });

  it('cost themselves and no other step when the encoder fails', () => {
    const { enrichment } = enrich(BODY, broken);
    expect(enrichment.failedSteps).toEqual([{ step: 'entities', code: 'step-failed' }]);
    expect(enrichment.dates?.length).toBeGreaterThan(0);
  });

  it('heed the second opinion', () => {
    const text = new TextIndex('The talks with France went well.');
    const types = (wanted: string) =>
      recognizeNames(text, (_, runs) =>
        runs.map(({ first, last }) =>
          Float64Array.from({ length: (last - first) * TAGS.length }, (_, at) =>
            text.tokens[first + Math.floor(at / TAGS.length)]!.text === 'France' && TAGS[at % TAGS.length] === wanted
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
