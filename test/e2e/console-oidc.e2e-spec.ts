import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CONSOLE_ROUTES, SESSION_COOKIE } from '@wireroom/contracts';
import { callConsole } from './console-page.js';
import { IdentityProvider } from './identity-provider.js';
import { Wire } from './wire.js';

jest.setTimeout(120_000);

let wire: Wire;
let provider: IdentityProvider;
let url: string;

beforeAll(async () => {
  wire = await Wire.start();
  provider = await IdentityProvider.start();
  await wire.startService('console', {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: 'wireroom-console',
    OIDC_CLIENT_SECRET: 'a-secret-of-this-test',
  });
  url = wire.urlOf('console');
});

afterAll(async () => {
  await wire?.stop();
  await provider?.stop();
});

interface Way {
  /** Where the provider sends the browser back to. */
  back: URL;
  /** What the browser keeps meanwhile. */
  cookie: string;
}

async function goToProvider(): Promise<Way> {
  const { body } = await callConsole<{ oidcPath: string }>(url, CONSOLE_ROUTES.signInOptions);
  const begun = await fetch(`${url}${body.oidcPath}`, { redirect: 'manual' });
  const cookie = begun.headers.getSetCookie()[0]!;
  expect(cookie).toMatch(/^wireroom_sign_in=\S+; Path=\/v1\/session\/oidc; HttpOnly; SameSite=Lax$/);
  const atProvider = await fetch(begun.headers.get('location')!, { redirect: 'manual' });
  return { back: new URL(atProvider.headers.get('location')!), cookie: cookie.split(';')[0]! };
}

async function comeBack({ back, cookie }: Way): Promise<{ location: string | null; session: string | undefined }> {
  const response = await fetch(back, { redirect: 'manual', headers: { cookie } });
  const session = response.headers.getSetCookie().find((text) => text.startsWith(`${SESSION_COOKIE}=`));
  return { location: response.headers.get('location'), session: session?.split(';')[0] };
}

describe('signing in with an identity provider', () => {
  it('opens a session with the name and the highest role that the provider gives', async () => {
    provider.claims = { email: 'marit@desk.example', wireroom_role: ['staff', 'viewer', 'operator'] };
    const { location, session } = await comeBack(await goToProvider());
    expect(location).toBe('/');
    await expect(callConsole(url, CONSOLE_ROUTES.session, { headers: { cookie: session! } })).resolves.toMatchObject({
      status: 200,
      body: { actor: 'marit@desk.example', role: 'operator', via: 'oidc' },
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['no role', {}],
    ['a role that is none', { wireroom_role: 'owner' }],
    ['a role in another form', { wireroom_role: { admin: true } }],
  ])('lets nobody in with %s', async (_name, claims) => {
    provider.claims = { email: 'guest@desk.example', ...claims };
    await expect(comeBack(await goToProvider())).resolves.toEqual({
      location: '/?signInFailed=no-role',
      session: undefined,
    });
  });

  it.each<[string, (way: Way, other: Way) => Way]>([
    ['the way of another browser', (way, other) => ({ ...way, cookie: other.cookie })],
    ['no cookie', (way) => ({ ...way, cookie: '' })],
    ['a changed state', ({ back, cookie }) => ({ back: changed(back, 'state'), cookie })],
    ['a code of its own making', ({ back, cookie }) => ({ back: changed(back, 'code'), cookie })],
  ])('refuses who comes back with %s', async (_name, tamper) => {
    provider.claims = { email: 'marit@desk.example', wireroom_role: 'admin' };
    const answer = await comeBack(tamper(await goToProvider(), await goToProvider()));
    expect(answer).toEqual({ location: '/?signInFailed=sign-in-failed', session: undefined });
  });

  it('is over once it is used', async () => {
    provider.claims = { email: 'marit@desk.example', wireroom_role: 'admin' };
    const way = await goToProvider();
    await expect(comeBack(way)).resolves.toMatchObject({ location: '/' });
    await expect(comeBack(way)).resolves.toMatchObject({ location: '/?signInFailed=sign-in-failed' });
  });
});

function changed(address: URL, parameter: string): URL {
  const other = new URL(address);
  other.searchParams.set(parameter, 'made-up');
  return other;
}
