import { describe, expect, it } from '@jest/globals';
import { facetOf, facetsOf } from './facets.js';

describe('facetsOf', () => {
  it('names each entity, place and topic once, by every name it is asked for by', () => {
    const entity = { type: 'person', text: 'Quill', start: 0, end: 5, name: 'Ada Quill' } as const;
    const place = { name: 'Vårholm', lat: 60, lon: 5, country: 'NO', geonameId: 17, start: 9, end: 16 };
    const topic = { code: 'medtop:15000000', label: 'sport', top: 'sport', score: 0.9 };
    expect(facetsOf({ entities: [entity, entity], places: [place], topics: [topic] })).toEqual([
      'topic:medtop:15000000',
      'topic:sport',
      'place:vårholm',
      'place:no',
      'place:17',
      'entity:ada quill',
    ]);
  });

  it('finds what is filed under a narrower topic by every topic above it', () => {
    const rowing = {
      code: 'medtop:20001026',
      label: 'rowing',
      top: 'sport',
      score: 0.5,
      broader: ['medtop:15000000', 'medtop:20000822'],
    };
    expect(facetsOf({ topics: [rowing] })).toEqual([
      'topic:medtop:20001026',
      'topic:rowing',
      'topic:sport',
      'topic:medtop:15000000',
      'topic:medtop:20000822',
    ]);
  });

  it('takes the words of a mention without a name, and finds it whatever its case and form', () => {
    const [facet] = facetsOf({ entities: [{ type: 'organisation', text: 'SKERRY Trust', start: 0, end: 12 }] });
    expect(facet).toBe(facetOf('entity', 'Skerry ＴＲＵＳＴ'));
  });

  it('finds a topic by its code with and without the scheme, and nothing else by it', () => {
    expect(facetOf('topic', '16000000')).toBe(facetOf('topic', 'medtop:16000000'));
    expect(facetOf('place', 16000000)).toBe('place:16000000');
  });

  it('keeps the salient ones of thousands', () => {
    const entities = Array.from({ length: 1000 }, (_, at) => ({
      type: 'person' as const,
      text: `N${at}`,
      start: at,
      end: at + 2,
      salience: at / 1000,
    }));
    const facets = facetsOf({ entities });
    expect(facets).toHaveLength(200);
    expect(facets[0]).toBe('entity:n999');
  });
});
