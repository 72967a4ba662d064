import { CONSOLE_ROUTES, CSRF_HEADER, type Route, SESSION_COOKIE } from '@wireroom/contracts';

/** What a call of the console came to. */
export interface PageAnswer<T = Record<string, unknown>> {
  status: number;
  body: T;
  headers: Headers;
}

/** Signs in and calls the console as its page does: with a cookie and the session's token. */
export class ConsolePage {
  private constructor(
    readonly url: string,
    readonly cookie: string,
    readonly csrfToken: string,
  ) {}

  static async signIn(url: string, token: string): Promise<ConsolePage> {
    const answer = await callConsole<{ csrfToken: string }>(url, CONSOLE_ROUTES.signIn, { request: { token } });
    if (answer.status !== 201) throw new Error(`not signed in: ${JSON.stringify(answer.body)}`);
    const cookie = answer.headers.getSetCookie().find((text) => text.startsWith(`${SESSION_COOKIE}=`))!;
    return new ConsolePage(url, cookie.split(';')[0]!, answer.body.csrfToken);
  }

  call<T = Record<string, unknown>>(route: Route, parts: CallParts = {}): Promise<PageAnswer<T>> {
    const headers = { cookie: this.cookie, [CSRF_HEADER]: this.csrfToken, ...parts.headers };
    return callConsole<T>(this.url, route, { ...parts, headers });
  }
}

export interface CallParts {
  params?: Record<string, string>;
  request?: object;
  headers?: Record<string, string>;
}

/** Calls a route as anyone: what is not given is not sent. Path parameters that are not given are of nobody. */
export async function callConsole<T = Record<string, unknown>>(
  url: string,
  route: Route,
  { params = {}, request, headers = {} }: CallParts = {},
): Promise<PageAnswer<T>> {
  const path = route.path.replace(/:(\w+)/g, (_match, name: string) => encodeURIComponent(params[name] ?? 'nobody'));
  const address = new URL(path, url);
  const isGet = route.method === 'GET';
  if (isGet) for (const [name, value] of Object.entries(request ?? {})) address.searchParams.set(name, String(value));
  const response = await fetch(address, {
    method: route.method,
    headers: { ...(isGet ? {} : { 'content-type': 'application/json' }), ...headers },
    body: isGet ? undefined : JSON.stringify(request ?? {}),
    signal: AbortSignal.timeout(30_000),
  });
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel();
    return { status: response.status, body: {} as T, headers: response.headers };
  }
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, body: (isJson ? JSON.parse(text) : { text }) as T, headers: response.headers };
}
