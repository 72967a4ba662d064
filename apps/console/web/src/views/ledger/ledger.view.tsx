import { useCallback } from 'react';
import { linkTo, useUrlState } from '../../app/url-state.js';
import { Filters, PeriodPicker, Typed, usePeriod } from '../../parts/filters.js';
import { Page, Tabs } from '../../parts/page.js';
import { Balance } from './balance.js';
import { Quality } from './quality.js';

const DEFAULTS = { tab: 'balance', window: '24h', from: '', to: '', source: '' };
const TABS = [
  { key: 'balance', label: 'Balance' },
  { key: 'quality', label: 'Coverage and drift' },
];

export default function LedgerView() {
  const [state, change] = useUrlState(DEFAULTS);
  const period = usePeriod(state);
  const setSource = useCallback((source: string) => change({ source }), [change]);
  const source = state.source === '' ? undefined : state.source;
  return (
    <Page
      title="Ledger"
      lead="Everything accepted is published, skipped, dead-lettered, discarded or in flight. Nothing is silently missing."
    >
      <Tabs
        label="Parts of the ledger"
        current={state.tab}
        tabs={TABS.map((tab) => ({ ...tab, href: linkTo('/ledger', { ...state, tab: tab.key }) }))}
      />
      <Filters>
        {state.tab === 'balance' && <PeriodPicker state={state} onChange={change} />}
        <Typed label="Source" value={state.source} onChange={setSource} placeholder="all sources" />
      </Filters>
      {state.tab === 'quality' ? (
        <Quality source={source} />
      ) : (
        <Balance period={period} source={source} window={state.window} />
      )}
    </Page>
  );
}
