import { once } from 'node:events';
import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Grant {
  nonce: string;
  challenge: string;
  redirectUri: string;
}

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** An OpenID Connect provider on this machine that lets everyone in as whoever `claims` says. */
export class IdentityProvider {
  claims: Record<string, unknown> = {};
  private readonly grants = new Map<string, Grant>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<IdentityProvider> {
    const server = createServer();
    const provider = new IdentityProvider(server);
    server.on('request', (request, response) => void provider.answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url!, this.issuer);
    switch (address.pathname) {
      case '/.well-known/openid-configuration':
        return json(response, 200, this.configuration());
      case '/keys':
        return json(response, 200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256' }] });
      case '/authorize':
        response.writeHead(302, { location: this.authorize(address.searchParams) }).end();
        return;
      case '/token':
        return this.giveToken(new URLSearchParams(await bodyOf(request)), response);
      default:
        return json(response, 404, {});
    }
  }

  private configuration(): object {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  private authorize(asked: URLSearchParams): string {
    const code = randomUUID();
    const redirectUri = asked.get('redirect_uri')!;
    this.grants.set(code, { nonce: asked.get('nonce')!, challenge: asked.get('code_challenge')!, redirectUri });
    return `${redirectUri}?${new URLSearchParams({ code, state: asked.get('state')! }).toString()}`;
  }

  /** A code is good once, and only with the verifier whose challenge it was asked for with. */
  private giveToken(asked: URLSearchParams, response: ServerResponse): void {
    const grant = this.grants.get(asked.get('code') ?? '');
    this.grants.delete(asked.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(asked.get('code_verifier') ?? '')
      .digest('base64url');
    if (!grant || grant.challenge !== challenge || grant.redirectUri !== asked.get('redirect_uri')) {
      return json(response, 400, { error: 'invalid_grant' });
    }
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + 60 };
    const id = { iss: this.issuer, aud: 'wireroom-console', sub: 'someone', nonce: grant.nonce, ...times };
    json(response, 200, { access_token: 'unused', token_type: 'bearer', id_token: sign({ ...id, ...this.claims }) });
  }
}

function sign(claims: object): string {
  const parts = [{ alg: 'RS256', typ: 'JWT', kid: 'one' }, claims];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
