import {
  ActionIcon,
  Drawer,
  Kbd,
  Menu,
  Modal,
  Tooltip,
  useComputedColorScheme,
  useMantineColorScheme,
} from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { SessionAnswer } from '@wireroom/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { call } from '../api/call.js';
import { type LiveState, useLiveState, useNowAnswer } from '../api/live.js';
import { SESSION_KEY } from '../api/session.js';
import { Icon } from '../parts/icon.js';
import { When } from '../parts/words.js';
import { harmless } from '../text/harmless.js';
import { counted } from '../text/numbers.js';
import { Brand } from './brand.js';
import { ALL_PLACES, PLACES, isWithin } from './places.js';
import css from './shell.module.css';
import { useShortcuts } from './shortcuts.js';
import { linkTo } from './url-state.js';

/** The frame around every view: the way to the others, the search, the alarms, and whether the figures are live. */
export function Shell({ session, children }: { session: SessionAnswer; children: ReactNode }) {
  const [path] = useLocation();
  // Kept with the path it was opened at: going anywhere closes it.
  const [menuAt, setMenuAt] = useState<string | undefined>();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const searchField = useRef<HTMLInputElement>(null);
  const main = useRef<HTMLElement>(null);
  const isNarrow = useMediaQuery('(max-width: 900px)', window.innerWidth <= 900);
  useShortcuts({
    onSearch: useCallback(() => searchField.current?.focus(), []),
    onHelp: useCallback(() => setHelpOpen(true), []),
  });
  useFocusOnArrival(path, main);
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">
        Skip to the content
      </a>
      {!isNarrow && (
        <aside className={css.rail}>
          <Navigation path={path} />
        </aside>
      )}
      <Drawer.Root
        opened={isNarrow && menuAt === path}
        onClose={() => setMenuAt(undefined)}
        size={250}
        lockScroll={false}
        classNames={{ content: css.drawer, body: css.drawerBody }}
      >
        <Drawer.Overlay />
        <Drawer.Content aria-label="Views">
          <Drawer.Body>
            <Navigation path={path} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
      <div className={css.column}>
        <header className={css.bar}>
          {isNarrow && (
            <ActionIcon variant="subtle" color="gray" size={34} aria-label="Views" onClick={() => setMenuAt(path)}>
              <Icon name="menu" size={18} />
            </ActionIcon>
          )}
          <Search field={searchField} />
          <LiveMark state={useLiveState()} />
          <SchemeSwitch />
          <Account session={session} onHelp={() => setHelpOpen(true)} />
        </header>
        <AlarmLine path={path} />
        <main id="main" ref={main} tabIndex={-1} className={css.main}>
          {children}
        </main>
      </div>
      <Help isOpen={isHelpOpen} onClose={() => setHelpOpen(false)} />
    </div>
  );
}

/** A view that was gone to by a link begins at its top, also for a screen reader. */
function useFocusOnArrival(path: string, main: RefObject<HTMLElement | null>): void {
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [path, main]);
}

function Navigation({ path }: { path: string }) {
  const now = useNowAnswer();
  const badges: Record<string, number | undefined> = { '/failures': now?.deadLettersOpen };
  return (
    <nav className={css.nav} aria-label="Views">
      <Link href="/" className={css.brand} aria-label="Wireroom, to the overview">
        <Brand />
      </Link>
      {PLACES.map(({ heading, places }) => (
        <div key={heading}>
          <h2 className={css.navHeading}>{heading}</h2>
          <ul>
            {places.map((place) => (
              <li key={place.path}>
                <Link
                  href={place.path}
                  className={css.navLink}
                  aria-current={isWithin(path, place) ? 'page' : undefined}
                  aria-keyshortcuts={`g ${place.key}`}
                >
                  <Icon name={place.icon} />
                  {place.label}
                  {Boolean(badges[place.path]) && (
                    <span className={css.badge} aria-label={counted(badges[place.path]!, 'open dead letter')}>
                      {badges[place.path]!.toLocaleString('en-GB')}
                    </span>
                  )}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function Search({ field }: { field: RefObject<HTMLInputElement | null> }) {
  const [, navigate] = useLocation();
  const [text, setText] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (text.trim() === '') return;
    navigate(linkTo('/items', { q: text.trim() }));
    setText('');
    field.current?.blur();
  };
  return (
    <form className={css.search} role="search" onSubmit={submit}>
      <Icon name="search" />
      <input
        ref={field}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
        placeholder="Find an item: id, address, headline, trace"
        aria-label="Find an item by id, address, headline or trace id"
        maxLength={500}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

const LIVE_WORDS: Record<LiveState, { word: string; explanation: string }> = {
  connecting: { word: 'connecting', explanation: 'The live stream is being opened.' },
  live: { word: 'live', explanation: 'The figures come as they change, every two seconds.' },
  late: {
    word: 'late',
    explanation: 'Nothing has come over the live stream for eight seconds. What you see may be old.',
  },
  lost: { word: 'lost', explanation: 'The live stream broke off and is being opened again. What you see may be old.' },
};

function LiveMark({ state }: { state: LiveState }) {
  const now = useNowAnswer();
  const { word, explanation } = LIVE_WORDS[state];
  return (
    <Tooltip label={explanation}>
      <span className={css.live} data-state={state} role="status" tabIndex={0}>
        {word}
        {state !== 'live' && now !== undefined && (
          <span className={css.liveAge}>
            as of <When at={now.at} as="ago" />
          </span>
        )}
      </span>
    </Tooltip>
  );
}

function SchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('dark');
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={34}
      aria-label={`Use ${other} colours`}
      onClick={() => setColorScheme(other)}
    >
      <Icon name={other} />
    </ActionIcon>
  );
}

function Account({ session, onHelp }: { session: SessionAnswer; onHelp: () => void }) {
  const queryClient = useQueryClient();
  const signOut = async (): Promise<void> => {
    await call('signOut').catch(() => undefined);
    queryClient.clear();
    queryClient.setQueryData(SESSION_KEY, null);
  };
  return (
    <Menu position="bottom-end" width={230} shadow="md">
      <Menu.Target>
        <button type="button" className={css.account} aria-label={`Account: ${session.actor}, ${session.role}`}>
          <Icon name="user" />
          <span className={css.role}>{session.role}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <bdi>{session.actor}</bdi>, {session.role}
          {session.expiresAt && (
            <div>
              signed in until <When at={session.expiresAt} />
            </div>
          )}
        </Menu.Label>
        <Menu.Item leftSection={<Icon name="key" />} component={Link} href="/access">
          Access tokens
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="menu" />} onClick={onHelp} rightSection={<Kbd size="xs">?</Kbd>}>
          Keys
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The alarms in one line on every view but the overview, which has them in full. */
function AlarmLine({ path }: { path: string }) {
  const alarms = useNowAnswer()?.alarms ?? [];
  const first = alarms.find(({ severity }) => severity === 'critical') ?? alarms[0];
  if (first === undefined || path === '/') return null;
  return (
    <div className={css.alarmLine} data-severity={first.severity} role="status">
      <Link href={first.link ?? '/'}>
        <bdi>{harmless(first.message, 600)}</bdi>
      </Link>
      {alarms.length > 1 && <Link href="/">{`and ${alarms.length - 1} more`}</Link>}
    </div>
  );
}

function Help({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }}>
      <dl className={css.keys}>
        <KeyLine keys={['/']}>Find an item</KeyLine>
        <KeyLine keys={['?']}>Show these keys</KeyLine>
        <KeyLine keys={['↑', '↓']}>Walk the rows of a table</KeyLine>
        <KeyLine keys={['Enter']}>Open what is focused</KeyLine>
        <KeyLine keys={['Esc']}>Close a dialog</KeyLine>
        {ALL_PLACES.map(({ path, label, key }) => (
          <KeyLine key={path} keys={['g', key]}>
            {label}
          </KeyLine>
        ))}
      </dl>
    </Modal>
  );
}

function KeyLine({ keys, children }: { keys: string[]; children: ReactNode }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
