import type { EnrichmentData } from '@wireroom/contracts';

/** What an article can be found by beside its own fields. */
export type FacetKind = 'entity' | 'place' | 'topic';

/** More names than any article's readers look for; a page that lists thousands must not fill the index. */
const MOST = 200;

/** A code of IPTC's Media Topics without the name of their scheme. */
const BARE_TOPIC_CODE = /^\d{8}$/;

/** One facet as it is stored and looked for: no case, one form of each letter, and a topic's code with its scheme. */
export function facetOf(kind: FacetKind, value: string | number): string {
  const name = String(value).normalize('NFKC').toLowerCase();
  return `${kind}:${kind === 'topic' && BARE_TOPIC_CODE.test(name) ? `medtop:${name}` : name}`;
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
