import { useQuery } from '@tanstack/react-query';
import type { ItemAnswer, ItemRow } from '@wireroom/contracts';
import { Suspense, lazy } from 'react';
import { Link, useParams } from 'wouter';
import { call } from '../../api/call.js';
import { linkTo, useUrlState } from '../../app/url-state.js';
import { Page, Panel, Row, Tabs } from '../../parts/page.js';
import { Answer, Loading } from '../../parts/states.js';
import { Code, Headline, Outcome, When } from '../../parts/words.js';
import { OutsideLink } from '../../parts/outside-link.js';
import css from './item.module.css';
import { Journey } from './journey.js';
import { DEFAULTS, type ItemState } from './part.js';

const Enrichment = lazy(() => import('./enrichment.js'));
const Why = lazy(() => import('./why.js'));
const Original = lazy(() => import('./original.js'));
const Documents = lazy(() => import('./documents.js'));
const Compare = lazy(() => import('./compare.js'));

const TABS = [
  { key: 'journey', label: 'Journey', part: Journey },
  { key: 'enrichment', label: 'Enrichment', part: Enrichment },
  { key: 'why', label: 'Why it says that', part: Why },
  { key: 'original', label: 'Original', part: Original },
  { key: 'documents', label: 'Documents', part: Documents },
  { key: 'compare', label: 'Compare', part: Compare },
] as const;

export default function ItemView() {
  const { contentId } = useParams<{ contentId: string }>();
  const item = useQuery({
    queryKey: ['item', contentId],
    queryFn: ({ signal }) => call('item', { params: { contentId }, signal }),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? 2000 : false),
  });
  if (item.data === undefined) {
    return (
      <Page title="Item" up={{ path: '/items', label: 'Items' }}>
        <Panel>
          <Answer of={item} lines={10}>
            {() => null}
          </Answer>
        </Panel>
      </Page>
    );
  }
  return <Known item={item.data} />;
}

function Known({ item }: { item: ItemAnswer }) {
  const { contentId } = item;
  const [state, change] = useUrlState(DEFAULTS);
  const revision = chosenRevision(item, state.revision);
  const { part: Part, key } = TABS.find((tab) => tab.key === state.tab) ?? TABS[0];
  const address = (changes: Partial<ItemState>): string =>
    linkTo(`/items/${contentId}`, { revision: state.revision, ...(key === 'journey' ? {} : { tab: key }), ...changes });
  return (
    <Page
      up={{ path: '/items', label: 'Items' }}
      name={item.title ?? 'Item'}
      title={<Headline size="large">{item.title}</Headline>}
      lead={<Identity of={item} />}
    >
      <Revisions of={item.revisions} current={revision} addressOf={(one) => address({ revision: String(one) })} />
      <Tabs
        label="Parts of the item"
        current={key}
        tabs={TABS.map((tab) => ({ ...tab, href: address({ tab: tab.key === 'journey' ? undefined : tab.key }) }))}
      />
      <Suspense fallback={<Loading lines={10} />}>
        <Part contentId={contentId} item={item} revision={revision} state={state} change={change} />
      </Suspense>
    </Page>
  );
}

function Identity({ of }: { of: ItemAnswer }) {
  return (
    <Row>
      <Link href={linkTo('/items', { source: of.source })}>
        <bdi>{of.source}</bdi>
      </Link>
      {of.url !== undefined && <OutsideLink href={of.url} />}
      {of.externalId !== undefined && (
        <span>
          source’s id <Code copies>{of.externalId}</Code>
        </span>
      )}
      <span>
        id <Code copies>{of.contentId}</Code>
      </span>
    </Row>
  );
}

interface RevisionsProps {
  of: ItemRow[];
  current: number;
  addressOf: (revision: number) => string;
}

function Revisions({ of, current, addressOf }: RevisionsProps) {
  return (
    <nav aria-label="Revisions" className={css.revisions}>
      {of.map((row) => (
        <Link
          key={row.revision}
          href={addressOf(row.revision)}
          replace
          className={css.revision}
          aria-current={row.revision === current ? 'true' : undefined}
        >
          <b>Revision {row.revision}</b>
          <span>{row.kind}</span>
          <Outcome of={row.outcome} />
          {row.code !== undefined && <Code>{row.code}</Code>}
          <span className={css.when}>
            <When at={row.acceptedAt} />
          </span>
        </Link>
      ))}
    </nav>
  );
}

/** The revision that the address names, or else the newest. */
function chosenRevision({ revisions }: ItemAnswer, asked: string): number {
  const newest = Math.max(1, ...revisions.map(({ revision }) => revision));
  const wanted = Number(asked);
  return revisions.some(({ revision }) => revision === wanted) ? wanted : newest;
}

function isUnderWay({ revisions }: ItemAnswer): boolean {
  return revisions.some(({ outcome }) => outcome === 'in-flight');
}
