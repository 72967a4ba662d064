import { Suspense, lazy } from 'react';
import { Route, Switch } from 'wouter';
import { LiveContext, useLiveStream } from '../api/live.js';
import { useSession } from '../api/session.js';
import { Page } from '../parts/page.js';
import { Empty, Failure, Loading } from '../parts/states.js';
import { ErrorBoundary } from './error-boundary.js';
import { Shell } from './shell.js';
import { SignIn } from './sign-in.js';

const views = {
  overview: lazy(() => import('../views/overview/overview.view.js')),
  ledger: lazy(() => import('../views/ledger/ledger.view.js')),
  items: lazy(() => import('../views/items/items.view.js')),
  item: lazy(() => import('../views/item/item.view.js')),
  failures: lazy(() => import('../views/failures/failures.view.js')),
  deadLetter: lazy(() => import('../views/dead-letter/dead-letter.view.js')),
  redrives: lazy(() => import('../views/redrives/redrives.view.js')),
  redrive: lazy(() => import('../views/redrives/redrive.view.js')),
  kafka: lazy(() => import('../views/kafka/kafka.view.js')),
  topic: lazy(() => import('../views/kafka/topic.view.js')),
  group: lazy(() => import('../views/kafka/group.view.js')),
  reprocess: lazy(() => import('../views/reprocess/reprocess.view.js')),
  sources: lazy(() => import('../views/sources/sources.view.js')),
  source: lazy(() => import('../views/sources/source.view.js')),
  channels: lazy(() => import('../views/channels/channels.view.js')),
  audit: lazy(() => import('../views/audit/audit.view.js')),
  access: lazy(() => import('../views/access/access.view.js')),
};

export function App() {
  const session = useSession();
  const live = useLiveStream(Boolean(session.data));
  if (session.isPending) return <Loading lines={3} label="Loading the console" />;
  if (session.error) return <Failure error={session.error} onRetry={() => void session.refetch()} />;
  if (session.data === null) return <SignIn />;
  return (
    <LiveContext.Provider value={live}>
      <Shell session={session.data}>
        <ErrorBoundary>
          <Suspense fallback={<Loading lines={10} />}>
            <Views />
          </Suspense>
        </ErrorBoundary>
      </Shell>
    </LiveContext.Provider>
  );
}

function Views() {
  return (
    <Switch>
      <Route path="/" component={views.overview} />
      <Route path="/ledger" component={views.ledger} />
      <Route path="/items" component={views.items} />
      <Route path="/items/:contentId" component={views.item} />
      <Route path="/failures" component={views.failures} />
      <Route path="/failures/:stage/:id" component={views.deadLetter} />
      <Route path="/redrives" component={views.redrives} />
      <Route path="/redrives/:id" component={views.redrive} />
      <Route path="/kafka" component={views.kafka} />
      <Route path="/kafka/topics/:topic" component={views.topic} />
      <Route path="/kafka/groups/:group" component={views.group} />
      <Route path="/reprocess" component={views.reprocess} />
      <Route path="/sources" component={views.sources} />
      <Route path="/sources/:source" component={views.source} />
      <Route path="/channels" component={views.channels} />
      <Route path="/audit" component={views.audit} />
      <Route path="/access" component={views.access} />
      <Route>
        <Page title="No such page">
          <Empty title="Nothing is here">The address may be mistyped, or from another version of the console.</Empty>
        </Page>
      </Route>
    </Switch>
  );
}
