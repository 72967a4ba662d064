import type { EnrichedView, EntityData, PlaceData, ProvenanceData } from '@wireroom/contracts';
import { counted } from '../../text/numbers.js';
import { shown } from '../../text/pointer.js';
import type { Span } from '../../text/segments.js';

/** One thing that enrichment found, for a reader. */
export interface Finding {
  /** JSON Pointer of it in the event's data; of its first mention, where it has several. */
  field: string;
  says: string;
  /** What else is known of it. */
  about: string[];
  /** Which text the spans count in. */
  basis: ProvenanceData['basis'];
  /** Empty for what stands nowhere as such. */
  spans: Span[];
  /** The item it speaks of, where that is another. */
  contentId?: string;
}

export interface FindingGroup {
  key: string;
  title: string;
  findings: Finding[];
}

type Enrichment = NonNullable<EnrichedView['enrichment']>;
interface Reader {
  title: string;
  read: (of: EnrichedView, found: Enrichment) => Finding[];
}

/** In the order in which a reader wants them. */
const READERS: Record<keyof Enrichment, Reader> = {
  summary: { title: 'Summary', read: readSummary },
  topics: { title: 'Topics', read: readTopics },
  quotes: { title: 'Quotes', read: readQuotes },
  entities: { title: 'People, organisations, places', read: readEntities },
  places: { title: 'On the map', read: readPlaces },
  dates: { title: 'Dates', read: readDates },
  keyphrases: { title: 'Keyphrases', read: readKeyphrases },
  cluster: { title: 'Story', read: readCluster },
  trust: { title: 'Not to be taken at its word', read: readTrust },
  language: { title: 'Language', read: readLanguage },
  statistics: { title: 'Text', read: readStatistics },
  custom: { title: 'Steps of one’s own', read: readCustom },
  failedSteps: { title: 'Steps that failed', read: readFailures },
};

/** Everything that enrichment found in an article, by kind; kinds of which there is nothing are left out. */
export function findingsOf(of: EnrichedView): FindingGroup[] {
  const { enrichment } = of;
  if (enrichment === undefined) return [];
  return Object.entries(READERS).flatMap(([key, { title, read }]) => {
    const findings = enrichment[key as keyof Enrichment] === undefined ? [] : read(of, enrichment);
    return findings.length === 0 ? [] : [{ key, title, findings }];
  });
}

/** What is known of how a field came to be: the records of it, or else those of the list or field it is part of. */
export function recordsOf(field: string, provenance: readonly ProvenanceData[]): ProvenanceData[] {
  for (let part = field; part !== ''; part = part.slice(0, part.lastIndexOf('/'))) {
    const records = provenance.filter((record) => record.field === part);
    if (records.length > 0) return records.sort((one, other) => Number(other.chosen) - Number(one.chosen));
  }
  return [];
}

function readSummary(_of: EnrichedView, { summary }: Enrichment): Finding[] {
  return [{ field: '/enrichment/summary', says: summary!.text, about: [], basis: 'body', spans: summary!.spans }];
}

function readTopics({ provenance }: EnrichedView, { topics = [] }: Enrichment): Finding[] {
  return topics.map(({ label, top, code, score, words = [] }, index) => {
    const field = `/enrichment/topics/${index}`;
    return {
      ...placed(field, provenance),
      says: label,
      about: [
        code,
        `score ${rounded(score)}`,
        ...(top === label ? [] : [`of ${top}`]),
        ...(words.length > 0 ? [`by ${words.join(', ')}`] : []),
      ],
    };
  });
}

function readQuotes(_of: EnrichedView, { quotes = [] }: Enrichment): Finding[] {
  return quotes.map(({ text, start, end, speaker, verb, direct }, index) => ({
    field: `/enrichment/quotes/${index}`,
    says: direct ? `“${text}”` : text,
    about: [
      speaker === undefined ? 'speaker not certain' : speaker.name,
      ...(speaker && speaker.text !== speaker.name ? [`as “${speaker.text}”`] : []),
      ...(verb === undefined ? [] : [verb]),
      ...(direct ? [] : ['reported']),
      ...(speaker?.confidence === undefined ? [] : [`${sure(speaker.confidence)} of the speaker`]),
    ],
    basis: 'body',
    spans: [{ start, end }, ...(speaker ? [{ start: speaker.start, end: speaker.end }] : [])],
  }));
}

function readEntities(_of: EnrichedView, { entities = [] }: Enrichment): Finding[] {
  const nameOf = ({ name, text }: EntityData): string => name ?? text;
  return mentionsOf(
    'entities',
    entities,
    (one) => `${one.type} ${nameOf(one)}`,
    (first, mentions) => ({
      says: nameOf(first),
      about: [first.type, ...timesOf(mentions), ...(first.salience ? [`salience ${rounded(first.salience)}`] : [])],
    }),
  );
}

function readPlaces(_of: EnrichedView, { places = [] }: Enrichment): Finding[] {
  const isSame = ({ name, lat, lon }: PlaceData): string => `${name} ${lat} ${lon}`;
  return mentionsOf('places', places, isSame, ({ name, country, lat, lon, geonameId }, mentions) => ({
    says: name,
    about: [
      country,
      `${lat.toFixed(2)}, ${lon.toFixed(2)}`,
      ...(geonameId === undefined ? [] : [`GeoNames ${geonameId}`]),
      ...timesOf(mentions),
    ],
  }));
}

function readDates({ article }: EnrichedView, { dates = [] }: Enrichment): Finding[] {
  const body = bodyText(article);
  return mentionsOf(
    'dates',
    dates,
    ({ value }) => value,
    ({ value, start, end }, mentions) => ({
      says: value,
      about: [`“${body.slice(start, end)}”`, ...timesOf(mentions)],
    }),
  );
}

/** Their places are in the record of all of them, in the same order. */
function readKeyphrases({ provenance }: EnrichedView, { keyphrases = [] }: Enrichment): Finding[] {
  const spans = recordsOf('/enrichment/keyphrases', provenance)[0]?.spans ?? [];
  return keyphrases.map(({ text, score }, index) => ({
    field: `/enrichment/keyphrases/${index}`,
    says: text,
    about: [`score ${rounded(score)}`],
    basis: 'body',
    spans: spans.slice(index, index + 1),
  }));
}

const CLUSTER_WORDS: Record<NonNullable<Enrichment['cluster']>['kind'], string> = {
  first: 'began the story',
  exact: 'has the words of an older one',
  revised: 'is a changed text of its own source',
  syndicated: 'shares most of its text with another source’s',
  'same-story': 'tells the same story in other words',
};

function readCluster({ provenance }: EnrichedView, { cluster }: Enrichment): Finding[] {
  const { id, kind, first, merged = [] } = cluster!;
  return [
    {
      ...placed('/enrichment/cluster', provenance),
      says: `${kind}: ${CLUSTER_WORDS[kind]}`,
      about: [
        `cluster ${id}`,
        ...(first ? [`first at ${first.source}`] : []),
        ...(merged.length > 0 ? [`showed to be the same: ${merged.join(', ')}`] : []),
      ],
      contentId: first?.contentId,
    },
  ];
}

function readTrust({ article }: EnrichedView, { trust }: Enrichment): Finding[] {
  const body = bodyText(article);
  return trust!.marks.map(({ kind, basis, start, end }, index) => ({
    field: `/enrichment/trust/marks/${index}`,
    says: kind,
    about: basis === 'body' ? [`“${body.slice(start, end)}”`] : ['where the page’s readers don’t see it'],
    basis,
    spans: [{ start, end }],
  }));
}

function readLanguage({ provenance }: EnrichedView, { language }: Enrichment): Finding[] {
  const field = '/enrichment/language';
  const passages = provenance.filter((one) => one.field === field && one.rule === 'passage-in-another-language');
  return [
    {
      ...placed(field, provenance),
      says: language!.code,
      about: [sure(language!.confidence), ...passages.map(({ value }) => `a passage in ${value}`)],
    },
  ];
}

function readStatistics({ provenance }: EnrichedView, { statistics }: Enrichment): Finding[] {
  const { words, sentences, readingSeconds, readability } = statistics!;
  return [
    {
      ...placed('/enrichment/statistics', provenance),
      says: counted(words, 'word'),
      about: [
        counted(sentences, 'sentence'),
        `read in ${counted(readingSeconds, 'second')}`,
        ...(readability === undefined ? [] : [`reading ease ${rounded(readability)}`]),
      ],
    },
  ];
}

function readCustom({ provenance }: EnrichedView, { custom = {} }: Enrichment): Finding[] {
  return Object.entries(custom).map(([step, value]) => ({
    ...placed(`/enrichment/custom/${step}`, provenance),
    says: step,
    about: [shown(value)],
  }));
}

function readFailures({ provenance }: EnrichedView, { failedSteps = [] }: Enrichment): Finding[] {
  return failedSteps.map(({ step, code }, index) => ({
    ...placed(`/enrichment/failedSteps/${index}`, provenance),
    says: step,
    about: [code],
  }));
}

/** All mentions of one thing as one finding, in the order of the first ones. */
function mentionsOf<T extends Span>(
  list: string,
  all: T[],
  keyOf: (one: T) => string,
  tell: (first: T, mentions: T[]) => Pick<Finding, 'says' | 'about'>,
): Finding[] {
  const groups = new Map<string, { index: number; mentions: T[] }>();
  for (const [index, one] of all.entries()) {
    const group = groups.get(keyOf(one));
    if (group) group.mentions.push(one);
    else groups.set(keyOf(one), { index, mentions: [one] });
  }
  return [...groups.values()].map(({ index, mentions }) => ({
    field: `/enrichment/${list}/${index}`,
    ...tell(mentions[0]!, mentions),
    basis: 'body',
    spans: mentions.map(({ start, end }) => ({ start, end })),
  }));
}

function timesOf({ length }: unknown[]): string[] {
  return length === 1 ? [] : [`${length} times`];
}

/** A finding whose characters its own record names. */
function placed(field: string, provenance: readonly ProvenanceData[]): Pick<Finding, 'field' | 'basis' | 'spans'> {
  const record = provenance.find((one) => one.field === field && one.chosen);
  return { field, basis: record?.basis ?? 'body', spans: record?.spans ?? [] };
}

function sure(confidence: number): string {
  return `${Math.round(confidence * 100)} % sure`;
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** The body as offsets with basis `body` count in it: the paragraphs joined by a blank line. */
export function bodyText(article: EnrichedView['article']): string {
  return (article?.paragraphs ?? []).map(({ text }) => text).join('\n\n');
}
