import type { EnrichmentData } from '@wireroom/contracts';

/** What an article can be found by beside its own fields. */
export type FacetKind = 'entity' | 'place' | 'topic';

/** More names than any article's readers look for; a page that lists thousands must not fill the index. */
const MOST = 200;

/** One facet as it is stored and looked for: no case, one form of each letter. */
export function facetOf(kind: FacetKind, value: string | number): string {
  return `${kind}:${String(value).normalize('NFKC').toLowerCase()}`;
}

/** The facets of an article, each once: entities first by salience. Pure. */
export function facetsOf({ entities = [], places = [], topics = [] }: EnrichmentData): string[] {
  const bySalience = [...entities].sort((a, b) => (b.salience ?? 0) - (a.salience ?? 0));
  const facets = [
    ...topics.flatMap(({ code, label, top, broader = [] }) =>
      [code, label, top, ...broader].map((name) => facetOf('topic', name)),
    ),
    ...places.flatMap(({ name, country, geonameId }) =>
      [name, country, geonameId].flatMap((one) => (one === undefined ? [] : [facetOf('place', one)])),
    ),
    ...bySalience.map(({ name, text }) => facetOf('entity', name ?? text)),
  ];
  return [...new Set(facets)].slice(0, MOST);
}
