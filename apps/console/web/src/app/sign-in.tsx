import { Button, PasswordInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { call } from '../api/call.js';
import { useSignIn } from '../api/session.js';
import { Failure, Notice } from '../parts/states.js';
import { Brand } from './brand.js';
import css from './sign-in.module.css';

/** The token of an address such as `/#token=…`: behind the `#`, so that no server and no log ever sees it. */
function tokenOfAddress(): string {
  const token = new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '';
  if (token !== '') window.history.replaceState(null, '', window.location.pathname + window.location.search);
  return token;
}

const FAILED_SIGN_INS: Record<string, string> = {
  'sign-in-failed':
    'Your organisation’s answer could not be accepted, or the sign-in was begun in another browser or too long ago. Begin it again.',
  'no-role':
    'Your organisation knows you, but gives you no role here. Ask whoever runs Wireroom for viewer, operator or admin.',
  unavailable: 'Your organisation’s sign-in does not answer now. Try again in a minute, or use a token.',
  'not-found': 'No organisation’s sign-in is set up here. Use a token.',
};

/** Why the sign-in with the organisation came to nothing; taken out of the address, so that it is said once. */
function failedSignIn(): string | undefined {
  const { pathname, searchParams } = new URL(window.location.href);
  const code = searchParams.get('signInFailed');
  if (code === null) return undefined;
  window.history.replaceState(null, '', pathname);
  return FAILED_SIGN_INS[code] ?? 'The sign-in with your organisation failed. The console’s log says why.';
}

export function SignIn() {
  const [token, setToken] = useState(tokenOfAddress);
  const [failed] = useState(failedSignIn);
  const signIn = useSignIn();
  const options = useQuery({
    queryKey: ['sign-in-options'],
    queryFn: () => call('signInOptions'),
    staleTime: Infinity,
  });
  const mutation = useMutation({ mutationFn: signIn });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (token.trim() !== '') mutation.mutate(token.trim());
  };
  return (
    <main className={css.page}>
      <form className={css.card} onSubmit={submit}>
        <h1 className={css.brand}>
          <Brand />
        </h1>
        <p className={css.lead}>Sign in to see the wire.</p>
        {failed !== undefined && <Notice tone="bad">{failed}</Notice>}
        <PasswordInput
          label="Token"
          description="The one-time token that “wireroom up” printed, or an API token."
          value={token}
          onChange={(event) => setToken(event.currentTarget.value)}
          autoComplete="current-password"
          size="sm"
          autoFocus
        />
        {mutation.error && <Failure error={mutation.error} />}
        <Button type="submit" size="sm" loading={mutation.isPending} disabled={token.trim() === ''}>
          Sign in
        </Button>
        {options.data?.oidcPath !== undefined && (
          <Button component="a" href={options.data.oidcPath} variant="default" size="sm">
            Sign in with your organisation
          </Button>
        )}
      </form>
    </main>
  );
}
