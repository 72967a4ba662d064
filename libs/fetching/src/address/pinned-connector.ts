import type { LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { buildConnector } from 'undici';
import { FetchEnd } from '../fetch-end.js';
import type { AddressPolicy } from './address-policy.js';
import { literalOf } from './address-policy.js';
import type { Resolve, ResolvedAddress } from './resolve.js';

export interface ConnectorOptions {
  policy: AddressPolicy;
  resolve: Resolve;
  /** For name resolution and for connecting with TLS, each, milliseconds. */
  timeoutMs: number;
  ca?: string;
}

/**
 * Opens connections to checked addresses only. A name is resolved once per connection, all answers are checked, and
 * the socket is given those very answers: a name server that answers otherwise a moment later (DNS rebinding) is not
 * asked again. Host and SNI stay those of the name. A connection kept alive stays at its checked address.
 */
export function pinnedConnector(options: ConnectorOptions): buildConnector.connector {
  return (target, callback) => {
    checkedAddresses(target, options).then(
      (addresses) => connectTo(addresses, options)(target, callback),
      (error: Error) => callback(error, null),
    );
  };
}

function connectTo(addresses: ResolvedAddress[], { timeoutMs, ca }: ConnectorOptions): buildConnector.connector {
  return buildConnector({
    timeout: timeoutMs,
    // Node takes `ca` in place of the public authorities, not beside them.
    ca: ca === undefined ? undefined : [...rootCertificates, ca],
    lookup: answering(addresses),
    autoSelectFamily: true,
  });
}

async function checkedAddresses(
  { hostname, port, protocol }: buildConnector.Options,
  { policy, resolve, timeoutMs }: ConnectorOptions,
): Promise<ResolvedAddress[]> {
  const literal = literalOf(hostname);
  const addresses = literal === undefined ? await resolved(hostname, resolve, timeoutMs) : [addressOf(literal)];
  const refusal = policy.refusalOfAddresses(hostname, Number(port || (protocol === 'https:' ? 443 : 80)), addresses);
  if (refusal !== undefined) throw FetchEnd.refused('fetch-blocked', refusal);
  return addresses;
}

async function resolved(hostname: string, resolve: Resolve, timeoutMs: number): Promise<ResolvedAddress[]> {
  const addresses = await within(timeoutMs, resolve(hostname)).catch((cause: unknown) => {
    throw FetchEnd.failed('dns-failed', `${hostname} could not be resolved`, { cause });
  });
  if (addresses.length === 0) throw FetchEnd.failed('dns-failed', `${hostname} has no address`);
  return addresses;
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms).unref();
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function addressOf(literal: string): ResolvedAddress {
  return { address: literal, family: literal.includes(':') ? 6 : 4 };
}

/** A lookup that knows its answers. */
function answering(addresses: ResolvedAddress[]): LookupFunction {
  const [first] = addresses as [ResolvedAddress];
  return (_hostname, { all }, callback) => {
    if (all) callback(null, addresses);
    else callback(null, first.address, first.family);
  };
}
