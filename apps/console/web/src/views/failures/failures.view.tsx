import { useCallback } from 'react';
import { linkTo, useUrlState } from '../../app/url-state.js';
import { Choice, Filters, PeriodPicker, Typed, useOpenPeriod } from '../../parts/filters.js';
import { Page, Tabs } from '../../parts/page.js';
import { DEAD_LETTER_STATES, STAGES } from '../../text/names.js';
import { DEFAULTS, type FailureState } from './filter.js';
import { Groups } from './groups.js';
import { Letters } from './letters.js';

const TABS = [
  { key: 'groups', label: 'Groups' },
  { key: 'letters', label: 'Dead letters' },
];

export default function FailuresView() {
  const [state, change] = useUrlState(DEFAULTS);
  const period = useOpenPeriod(state);
  const setCode = useCallback((code: string) => change({ code }), [change]);
  const setSource = useCallback((source: string) => change({ source }), [change]);
  const Part = state.tab === 'letters' ? Letters : Groups;
  return (
    <Page
      title="Failures"
      lead="Messages that could not be processed, with their original bytes. Each waits here until someone replays, mends or discards it."
    >
      <Tabs
        label="Failures as"
        current={state.tab}
        tabs={TABS.map((tab) => ({ ...tab, href: linkTo('/failures', { ...given(state), tab: tab.key }) }))}
      />
      <Filters>
        <Choice label="Stage" value={state.stage} options={STAGES} onChange={(stage) => change({ stage })} />
        <Typed label="Code" value={state.code} onChange={setCode} placeholder="all" />
        <Typed label="Source" value={state.source} onChange={setSource} placeholder="all" />
        <Choice
          label="State"
          value={state.state === 'all' ? '' : state.state}
          options={[{ value: 'waiting', label: 'open or parked' }, ...DEAD_LETTER_STATES]}
          onChange={(chosen) => change({ state: chosen === '' ? 'all' : chosen })}
        />
        <PeriodPicker all state={state} onChange={change} />
      </Filters>
      <Part state={state} period={period} />
    </Page>
  );
}

/** Without what is at its default, so that links stay short. */
function given(state: FailureState): Partial<FailureState> {
  const entries = Object.entries(state).filter(([name, value]) => value !== DEFAULTS[name as keyof FailureState]);
  return Object.fromEntries(entries);
}
