import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FetchView, SourceView } from '@wireroom/contracts';
import { useLocation, useParams } from 'wouter';
import { call } from '../../api/call.js';
import { fromPath, linkTo, useUrlState } from '../../app/url-state.js';
import { ActButton, ActDialog } from '../../parts/act.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Icon } from '../../parts/icon.js';
import { Pages } from '../../parts/more.js';
import { OutsideLink } from '../../parts/outside-link.js';
import { Fact, Facts, Figure, Figures, Page, Panel } from '../../parts/page.js';
import { Answer, Empty } from '../../parts/states.js';
import { Code, Mark, When, Words } from '../../parts/words.js';
import { harmless } from '../../text/harmless.js';
import { bytes, count } from '../../text/numbers.js';
import { duration } from '../../text/times.js';
import { SourceDialog } from './source-dialog.js';
import { SourceHealth } from './source-health.js';

/** The dialog that is open. */
const DEFAULTS = { act: '' };

export default function SourceDetailsView() {
  const source = fromPath(useParams<{ source: string }>().source);
  const details = useQuery({
    queryKey: ['source', source],
    queryFn: ({ signal }) => call('source', { params: { source }, signal }),
    refetchInterval: 5000,
  });
  return (
    <Page
      up={{ path: '/sources', label: 'Sources' }}
      title={<bdi>{harmless(source, 100)}</bdi>}
      name={source}
      lead={details.data && <OutsideLink href={details.data.spec.address} />}
      actions={details.data && <Controls of={details.data} />}
    >
      <Answer of={details} lines={6}>
        {(answer) => <State of={answer} />}
      </Answer>
      <Fetches source={source} />
    </Page>
  );
}

type Action = 'pause' | 'resume' | 'change' | 'remove';

/** What a source's state is changed by, and what is said before. */
const DIALOGS: {
  action: Action;
  confirm: string;
  route: 'pauseSource' | 'resumeSource' | 'removeSource';
  isGrave?: boolean;
  words: string;
}[] = [
  {
    action: 'pause',
    confirm: 'Pause',
    route: 'pauseSource',
    words: 'It is asked no more until someone resumes it. What it brought stays.',
  },
  { action: 'resume', confirm: 'Resume', route: 'resumeSource', words: 'It is asked again at once.' },
  {
    action: 'remove',
    confirm: 'Remove',
    route: 'removeSource',
    isGrave: true,
    words: 'It is asked no more, and its settings and its state are gone. The items it brought stay.',
  },
];

function Controls({ of }: { of: SourceView }) {
  const [{ act }, change] = useUrlState(DEFAULTS);
  const queryClient = useQueryClient();
  const [, navigate] = useLocation();
  const { name } = of.spec;
  const inFile = of.declaredBy === 'file' ? 'It is declared in the file of sources: change it there.' : undefined;
  const open = (action: Action) => () => change({ act: action });
  const close = (): void => change({ act: '' });
  const keep = (answer: SourceView): void => {
    queryClient.setQueryData(['source', name], answer);
    close();
  };
  return (
    <>
      {of.paused ? (
        <ActButton route="resumeSource" leftSection={<Icon name="play" />} onClick={open('resume')}>
          Resume
        </ActButton>
      ) : (
        <ActButton route="pauseSource" variant="default" leftSection={<Icon name="pause" />} onClick={open('pause')}>
          Pause
        </ActButton>
      )}
      <ActButton
        route="declareSource"
        variant="default"
        leftSection={<Icon name="edit" />}
        notNow={inFile}
        onClick={open('change')}
      >
        Change
      </ActButton>
      <ActButton
        route="removeSource"
        variant="default"
        leftSection={<Icon name="discard" />}
        notNow={inFile}
        onClick={open('remove')}
      >
        Remove
      </ActButton>
      {DIALOGS.map(({ action, confirm, route, isGrave, words }) => (
        <ActDialog
          key={action}
          title={`${confirm} ${name}`}
          isOpen={act === action}
          onClose={close}
          confirm={confirm}
          isGrave={isGrave}
          act={(given) => call(route, { params: { source: name }, request: given })}
          onDone={(answer) => ('spec' in answer ? keep(answer) : navigate('/sources'))}
        >
          {words}
        </ActDialog>
      ))}
      {act === 'change' && <SourceDialog of={of.spec} onClose={close} onDone={keep} />}
    </>
  );
}

function State({ of }: { of: SourceView }) {
  return (
    <Panel>
      <Figures>
        <Figure
          label="New items"
          value={count(of.totals.added)}
          href={linkTo('/items', { source: of.spec.publisher ?? of.spec.name })}
        />
        <Figure label="Changed" value={count(of.totals.changed)} />
        <Figure label="Retracted" value={count(of.totals.retracted)} />
        <Figure label="Known already" value={count(of.totals.duplicate)} />
        <Figure label="Rejected" value={count(of.totals.rejected)} tone={of.totals.rejected > 0 ? 'warn' : 'plain'} />
      </Figures>
      <Facts>
        <Fact name="health">
          <SourceHealth of={of} />
        </Fact>
        {of.lastError && of.errorStreak > 0 && (
          <Fact name="last error">
            <Code>{of.lastError.code}</Code> <bdi>{harmless(of.lastError.reason, 600)}</bdi>{' '}
            <When at={of.lastError.at} as="ago" />
          </Fact>
        )}
        <Fact name="asked last">
          <When at={of.lastFetchAt} />
        </Fact>
        <Fact name="asked next">
          <When at={of.nextDueAt} />, every {duration(of.intervalSeconds * 1000)}
        </Fact>
        <Fact name="last item">
          <When at={of.lastItemAt} />
        </Fact>
        <Fact name="declared">
          <When at={of.createdAt} />, by {of.declaredBy === 'file' ? 'the file of sources' : 'command or call'}
        </Fact>
        {of.permanentUrl !== undefined && (
          <Fact name="moved to">
            <OutsideLink href={of.permanentUrl} />
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}

function Fetches({ source }: { source: string }) {
  const fetches = useInfiniteQuery({
    queryKey: ['source-fetches', source],
    queryFn: ({ pageParam, signal }) =>
      call('sourceFetches', { params: { source }, request: { limit: 50, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: 10_000,
  });
  return (
    <Panel title="Fetches" hint="newest first" flush>
      <Pages of={fetches}>
        {(pages) => (
          <DataTable
            label="Fetches of the source"
            columns={FETCH_COLUMNS}
            rows={pages.flatMap((page) => page.items)}
            idOf={({ at, url }) => `${at} ${url}`}
            toneOf={({ outcome }) => (outcome === 'failed' || outcome === 'refused' ? 'warn' : undefined)}
            empty={<Empty title="It was not asked yet" />}
          />
        )}
      </Pages>
    </Panel>
  );
}

const FETCH_TONES = { fetched: 'good', 'not-modified': 'plain', refused: 'warn', failed: 'bad' } as const;

const FETCH_COLUMNS: Column<FetchView>[] = [
  { id: 'at', header: 'When', leads: true, cell: ({ at }) => <When at={at} /> },
  { id: 'purpose', header: 'For', cell: ({ purpose }) => purpose },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: ({ outcome, status, code }) => (
      <>
        <Mark tone={FETCH_TONES[outcome]}>{outcome}</Mark> {status} {code !== undefined && <Code>{code}</Code>}
      </>
    ),
  },
  { id: 'url', header: 'Address', grows: true, cell: ({ url, reason }) => <Words limit={160}>{reason ?? url}</Words> },
  { id: 'added', header: 'New', align: 'end', cell: ({ added }) => count(added) },
  { id: 'changed', header: 'Changed', align: 'end', cell: ({ changed }) => count(changed) },
  { id: 'duplicate', header: 'Known', align: 'end', cell: ({ duplicate }) => count(duplicate) },
  { id: 'rejected', header: 'Rejected', align: 'end', cell: ({ rejected }) => count(rejected) },
  { id: 'size', header: 'Size', align: 'end', cell: (fetched) => bytes(fetched.bytes) },
  { id: 'took', header: 'Took', align: 'end', cell: ({ tookMs }) => duration(tookMs) },
];
