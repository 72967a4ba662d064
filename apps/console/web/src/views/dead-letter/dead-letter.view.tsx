import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ConsoleDeadLetterAnswer } from '@wireroom/contracts';
import { Suspense, lazy, useState } from 'react';
import { Link, useParams } from 'wouter';
import { call } from '../../api/call.js';
import { addressOf } from '../../api/routes.js';
import { fromPath, linkTo, useUrlState } from '../../app/url-state.js';
import { ActButton } from '../../parts/act.js';
import { Icon } from '../../parts/icon.js';
import { Fact, Facts, Page, Panel, Tabs } from '../../parts/page.js';
import { PlaceLink } from '../../parts/place-link.js';
import { Answer, Empty, Loading, Notice } from '../../parts/states.js';
import { TextView } from '../../parts/text-view.js';
import { Code, Stage, When } from '../../parts/words.js';
import { harmless } from '../../text/harmless.js';
import { bytes, counted } from '../../text/numbers.js';
import { LetterState } from '../failures/letter-state.js';
import { LettersDialog } from '../failures/letters-dialog.js';
import css from './dead-letter.module.css';
import { Faults } from './faults.js';
import { Message } from './message.js';
import type { LetterPartProps } from './part.js';
import { Versions } from './versions.js';

const Editor = lazy(() => import('./editor.js'));

const DEFAULTS = { tab: 'message', version: '' };

export default function DeadLetterView() {
  const { stage, id: part } = useParams<{ stage: string; id: string }>();
  const id = fromPath(part);
  const queryClient = useQueryClient();
  const letter = useQuery({
    queryKey: ['dead-letter', stage, id],
    queryFn: ({ signal }) => call('deadLetter', { params: { stage, id }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'replayed' ? 1500 : 15_000),
  });
  const onChanged = (): void => void queryClient.invalidateQueries({ queryKey: ['dead-letter', stage, id] });
  return (
    <Page
      up={{ path: '/failures?tab=letters', label: 'Failures' }}
      title={<Code>{letter.data?.code ?? 'Dead letter'}</Code>}
      name={letter.data?.code ?? 'Dead letter'}
      lead={letter.data && <bdi>{harmless(letter.data.detail, 1000)}</bdi>}
      actions={letter.data && <Actions letter={letter.data} onChanged={onChanged} />}
    >
      <Answer of={letter} lines={10}>
        {(answer) => <Known letter={answer} onChanged={onChanged} />}
      </Answer>
    </Page>
  );
}

function Known({ letter, onChanged }: LetterPartProps) {
  const [{ tab }, change] = useUrlState(DEFAULTS);
  const base = `/failures/${letter.stage}/${encodeURIComponent(letter.id)}`;
  const tabs = [
    { key: 'message', label: 'Message' },
    { key: 'error', label: 'Error' },
    { key: 'edit', label: 'Edit and replay' },
    ...(letter.versions.length > 0 ? [{ key: 'versions', label: `Versions (${letter.versions.length + 1})` }] : []),
  ];
  const edited = (): void => {
    onChanged();
    change({ tab: 'message' });
  };
  return (
    <>
      <WhatBecameOfIt of={letter} />
      <Panel>
        <Where of={letter} />
      </Panel>
      <Tabs
        label="Parts of the dead letter"
        current={tab}
        tabs={tabs.map((one) => ({ ...one, href: linkTo(base, { tab: one.key === 'message' ? undefined : one.key }) }))}
      />
      {tab === 'message' && <Message letter={letter} />}
      {tab === 'error' && <ErrorOf letter={letter} />}
      {tab === 'versions' && <Versions letter={letter} />}
      {tab === 'edit' && (
        <Suspense fallback={<Loading lines={8} />}>
          <Editor key={letter.edits} letter={letter} onChanged={edited} />
        </Suspense>
      )}
    </>
  );
}

function Actions({ letter, onChanged }: LetterPartProps) {
  const [dialog, setDialog] = useState<'replay' | 'discard' | undefined>();
  const notNow =
    letter.state === 'open' || letter.state === 'parked' ? undefined : `It is ${letter.state}: there is nothing to do.`;
  const base = `/failures/${letter.stage}/${encodeURIComponent(letter.id)}`;
  return (
    <>
      <ActButton
        route="replayDeadLetters"
        leftSection={<Icon name="redrives" />}
        notNow={notNow}
        onClick={() => setDialog('replay')}
      >
        Replay
      </ActButton>
      <Button
        component={Link}
        href={linkTo(base, { tab: 'edit' })}
        variant="default"
        leftSection={<Icon name="edit" />}
      >
        Edit
      </Button>
      <ActButton
        route="discardDeadLetters"
        variant="default"
        leftSection={<Icon name="discard" />}
        notNow={notNow}
        onClick={() => setDialog('discard')}
      >
        Discard
      </ActButton>
      <Button
        component="a"
        href={addressOf('downloadDeadLetter', { stage: letter.stage, id: letter.id })}
        download
        variant="default"
        leftSection={<Icon name="download" />}
      >
        Download
      </Button>
      {dialog !== undefined && (
        <LettersDialog
          action={dialog}
          what={{ stage: letter.stage, ids: [letter.id] }}
          onClose={() => setDialog(undefined)}
          onDone={() => {
            setDialog(undefined);
            onChanged();
          }}
        />
      )}
    </>
  );
}

/** How a replay or a discard went; nothing while it waits. */
function WhatBecameOfIt({ of }: { of: ConsoleDeadLetterAnswer }) {
  const contentId = of.resolution?.contentId ?? of.contentId;
  const item = contentId && (
    <Link href={linkTo(`/items/${contentId}`, { revision: of.resolution?.revision ?? of.revision })}>
      Follow the item to its end
    </Link>
  );
  if (of.state === 'replayed') {
    return (
      <Notice>
        Sent back to its topic <When at={of.replayedAt} as="ago" />; the stage has not ended it yet. {item}
      </Notice>
    );
  }
  if (of.state === 'resolved' && of.resolution) {
    return (
      <Notice>
        Mended: its replay ended as <b>{of.resolution.outcome}</b>
        {of.resolution.code !== undefined && ` (${of.resolution.code})`} <When at={of.resolution.at} as="ago" />. {item}
      </Notice>
    );
  }
  if (of.state === 'parked') {
    return (
      <Notice tone="warn">
        It failed the same way again after a replay, so it was parked: bulk replays leave it alone until someone names
        it.
      </Notice>
    );
  }
  if (of.state === 'discarded') {
    return (
      <Notice>
        Discarded <When at={of.discardedAt} as="ago" />: <bdi>{of.discardReason}</bdi>
      </Notice>
    );
  }
  return null;
}

function Where({ of }: { of: ConsoleDeadLetterAnswer }) {
  return (
    <div className={css.where}>
      <Facts>
        <Fact name="state">
          <LetterState of={of.state} />
        </Fact>
        <Fact name="stage">
          <Stage name={of.stage} />
        </Fact>
        <Fact name="came from">
          <PlaceLink of={of.place} />
        </Fact>
        <Fact name="id">
          <Code copies>{of.id}</Code>
        </Fact>
      </Facts>
      <Facts>
        <Fact name="first failed">
          <When at={of.firstFailedAt} />
        </Fact>
        <Fact name="last failed">
          <When at={of.lastFailedAt} />
        </Fact>
        <Fact name="tried">
          {counted(of.attempts, 'time')}, replayed {counted(of.replays, 'time')}
        </Fact>
        <Fact name="size">{bytes(of.valueBytes)}</Fact>
      </Facts>
      <Facts>
        <Fact name="source">{of.source === undefined ? 'could not be read' : <bdi>{of.source}</bdi>}</Fact>
        <Fact name="item">
          {of.contentId === undefined ? (
            'could not be read'
          ) : (
            <Link href={linkTo(`/items/${of.contentId}`, { revision: of.revision })}>
              <code>{harmless(of.contentId)}</code>
            </Link>
          )}
        </Fact>
      </Facts>
    </div>
  );
}

function ErrorOf({ letter }: { letter: ConsoleDeadLetterAnswer }) {
  return (
    <Panel title="The error" hint={<Code>{letter.code}</Code>}>
      <p className={css.detail}>
        <bdi>{harmless(letter.detail, 5000)}</bdi>
      </p>
      {letter.stack === undefined ? (
        <Empty title="No stack">The message was refused by a rule, which is told above; there is no stack to it.</Empty>
      ) : (
        <TextView text={letter.stack} label="Stack of the error" />
      )}
      {letter.faults.length > 0 && <Faults of={letter.faults} />}
    </Panel>
  );
}
