import type { CONSOLE_ROUTES, Route } from '@wireroom/contracts';

type Routes = typeof CONSOLE_ROUTES;
type Address<TRoute extends Route> = { method: TRoute['method']; path: string; role: TRoute['role'] };

/**
 * Where the routes of the console are and who may call them. Said again here because `CONSOLE_ROUTES` brings the
 * validators of every request with it, which the page has no use for; a spec holds the two against each other.
 */
export const ADDRESSES = {
  signInOptions: { method: 'GET', path: '/v1/session/options', role: 'anyone' },
  signIn: { method: 'POST', path: '/v1/session', role: 'anyone' },
  session: { method: 'GET', path: '/v1/session', role: 'viewer' },
  signOut: { method: 'DELETE', path: '/v1/session', role: 'viewer' },
  listTokens: { method: 'GET', path: '/v1/ops/tokens', role: 'admin' },
  createToken: { method: 'POST', path: '/v1/ops/tokens', role: 'admin' },
  revokeToken: { method: 'POST', path: '/v1/ops/tokens/:id/revoke', role: 'admin' },
  overview: { method: 'GET', path: '/v1/ops/overview', role: 'viewer' },
  watch: { method: 'GET', path: '/v1/ops/live', role: 'viewer' },
  alarms: { method: 'GET', path: '/v1/ops/alarms', role: 'viewer' },
  ledger: { method: 'GET', path: '/v1/ops/ledger', role: 'viewer' },
  checkLedger: { method: 'GET', path: '/v1/ops/ledger/check', role: 'viewer' },
  quality: { method: 'GET', path: '/v1/ops/quality', role: 'viewer' },
  listItems: { method: 'GET', path: '/v1/ops/items', role: 'viewer' },
  item: { method: 'GET', path: '/v1/ops/items/:contentId', role: 'viewer' },
  itemRevision: { method: 'GET', path: '/v1/ops/items/:contentId/revisions/:revision', role: 'viewer' },
  itemOriginal: { method: 'GET', path: '/v1/ops/items/:contentId/revisions/:revision/original', role: 'viewer' },
  itemOriginalText: {
    method: 'GET',
    path: '/v1/ops/items/:contentId/revisions/:revision/original/text',
    role: 'viewer',
  },
  itemOriginalFrame: {
    method: 'GET',
    path: '/v1/ops/items/:contentId/revisions/:revision/original/frame',
    role: 'viewer',
  },
  listAudit: { method: 'GET', path: '/v1/ops/audit', role: 'viewer' },
  failures: { method: 'GET', path: '/v1/ops/failures', role: 'viewer' },
  deadLetters: { method: 'GET', path: '/v1/ops/dead-letters', role: 'viewer' },
  deadLetter: { method: 'GET', path: '/v1/ops/dead-letters/:stage/:id', role: 'viewer' },
  downloadDeadLetter: { method: 'GET', path: '/v1/ops/dead-letters/:stage/:id/download', role: 'viewer' },
  checkMessage: { method: 'POST', path: '/v1/ops/dead-letters/:stage/check', role: 'viewer' },
  replayDeadLetters: { method: 'POST', path: '/v1/ops/dead-letters/replay', role: 'operator' },
  discardDeadLetters: { method: 'POST', path: '/v1/ops/dead-letters/discard', role: 'operator' },
  editAndReplay: { method: 'POST', path: '/v1/ops/dead-letters/:stage/:id/edit-and-replay', role: 'operator' },
  previewRedrive: { method: 'POST', path: '/v1/ops/redrives/preview', role: 'viewer' },
  startRedrive: { method: 'POST', path: '/v1/ops/redrives', role: 'operator' },
  redrives: { method: 'GET', path: '/v1/ops/redrives', role: 'viewer' },
  redrive: { method: 'GET', path: '/v1/ops/redrives/:id', role: 'viewer' },
  redriveItems: { method: 'GET', path: '/v1/ops/redrives/:id/items', role: 'viewer' },
  pauseRedrive: { method: 'POST', path: '/v1/ops/redrives/:id/pause', role: 'operator' },
  resumeRedrive: { method: 'POST', path: '/v1/ops/redrives/:id/resume', role: 'operator' },
  stopRedrive: { method: 'POST', path: '/v1/ops/redrives/:id/stop', role: 'operator' },
  kafka: { method: 'GET', path: '/v1/ops/kafka', role: 'viewer' },
  kafkaMessages: { method: 'GET', path: '/v1/ops/kafka/topics/:topic/messages', role: 'viewer' },
  kafkaMessage: { method: 'GET', path: '/v1/ops/kafka/topics/:topic/messages/:partition/:offset', role: 'viewer' },
  kafkaTail: { method: 'GET', path: '/v1/ops/kafka/topics/:topic/tail', role: 'viewer' },
  resetOffsets: { method: 'POST', path: '/v1/ops/kafka/groups/:group/offsets', role: 'admin' },
  pauseStage: { method: 'POST', path: '/v1/ops/stages/:stage/pause', role: 'operator' },
  resumeStage: { method: 'POST', path: '/v1/ops/stages/:stage/resume', role: 'operator' },
  reprocessings: { method: 'GET', path: '/v1/ops/reprocess', role: 'viewer' },
  reprocessSteps: { method: 'GET', path: '/v1/ops/reprocess/steps', role: 'viewer' },
  previewReprocess: { method: 'POST', path: '/v1/ops/reprocess/preview', role: 'viewer' },
  startReprocess: { method: 'POST', path: '/v1/ops/reprocess', role: 'operator' },
  stopReprocess: { method: 'POST', path: '/v1/ops/reprocess/:id/stop', role: 'operator' },
  sources: { method: 'GET', path: '/v1/ops/sources', role: 'viewer' },
  declareSource: { method: 'POST', path: '/v1/ops/sources', role: 'operator' },
  testSource: { method: 'POST', path: '/v1/ops/sources/test', role: 'operator' },
  source: { method: 'GET', path: '/v1/ops/sources/:source', role: 'viewer' },
  sourceFetches: { method: 'GET', path: '/v1/ops/sources/:source/fetches', role: 'viewer' },
  pauseSource: { method: 'POST', path: '/v1/ops/sources/:source/pause', role: 'operator' },
  removeSource: { method: 'POST', path: '/v1/ops/sources/:source/remove', role: 'operator' },
  channels: { method: 'GET', path: '/v1/ops/channels', role: 'viewer' },
  resumeSource: { method: 'POST', path: '/v1/ops/sources/:source/resume', role: 'operator' },
} as const satisfies { [Name in keyof Routes]?: Address<Routes[Name]> };

export type RouteName = keyof typeof ADDRESSES;

/** What a route takes; the methods of the contract's class are of no concern to the page. */
export type RequestOf<Name extends RouteName> = Routes[Name] extends Route<infer TRequest> ? TRequest : never;
export type ResponseOf<Name extends RouteName> =
  Routes[Name] extends Route<object, infer TResponse> ? TResponse : never;

export type Values = Record<string, string | number | boolean | undefined>;

/** The address of a call. @throws Error when a parameter of the path is not given */
export function addressOf(name: RouteName, params: Record<string, string | number> = {}, query: Values = {}): string {
  const path = ADDRESSES[name].path.replace(/:(\w+)/g, (_match, parameter: string) => {
    const value = params[parameter];
    if (value === undefined) throw new Error(`${name} needs ${parameter}`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.set(key, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}
