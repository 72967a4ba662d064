import ipaddr from 'ipaddr.js';
import { AllowList, type IpAddress, USUAL_PORTS } from './allow-list.js';
import type { ResolvedAddress } from './resolve.js';

/**
 * Where requests may go: http and https, ports 80 and 443, public unicast addresses, and what the operator has
 * allowed by name. Texts of hosts are never compared with lists of bad ones: an address has endless spellings and a
 * name says nothing of where it leads, so what decides is the address a connection would be made to.
 *
 * Both methods answer why not, or undefined.
 */
export class AddressPolicy {
  private readonly allowed: AllowList;

  /** @param allow see `FetcherOptions.allow` */
  constructor(allow: readonly string[] = []) {
    this.allowed = new AllowList(allow);
  }

  /** Judges what needs no name resolution. The address is normalised already, as `readTarget` does. */
  refusalOfUrl(url: URL): string | undefined {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') return `${url.protocol} is not fetched`;
    if (url.username !== '' || url.password !== '') return 'addresses with credentials are not fetched';
    const port = portOf(url);
    const literal = literalOf(url.hostname);
    if (literal) return this.refusalOfAddress(url.hostname, port, literal);
    if (!USUAL_PORTS.has(port) && !this.allowed.knowsPort(port)) return refusedPort(port);
    return undefined;
  }

  /**
   * Judges all addresses of a host. One that is not allowed condemns the others: who answers with a public and a
   * private address wants the client to pick the private one.
   */
  refusalOfAddresses(host: string, port: number, addresses: readonly ResolvedAddress[]): string | undefined {
    for (const { address } of addresses) {
      const refusal = this.refusalOfAddress(host, port, address);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }

  private refusalOfAddress(host: string, port: number, address: string): string | undefined {
    if (!ipaddr.isValid(address)) return `${host} leads to what is no address`;
    const ip = unwrapped(ipaddr.parse(address));
    const range = rangeOf(ip);
    if (this.allowed.admitsAddress(ip, port)) return undefined;
    if (this.allowed.admitsHost(host, port) && OWN_NETWORK.has(range)) return undefined;
    if (range !== PUBLIC) return `${host} leads to an address that is not public (${range})`;
    return USUAL_PORTS.has(port) ? undefined : refusedPort(port);
  }
}

/** Port of an http or https address. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** The address in a host part that is one, without the brackets of IPv6. */
export function literalOf(hostname: string): string | undefined {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return ipaddr.isValid(bare) ? bare : undefined;
}

const PUBLIC = 'unicast';

/** Where a named host may lead: not to link-local addresses, where clouds keep their credentials. */
const OWN_NETWORK: ReadonlySet<string> = new Set([PUBLIC, 'private', 'loopback', 'uniqueLocal', 'carrierGradeNat']);

/** Global unicast as IANA has handed it out; outside of it a range may be unlisted and still not be public. */
const IPV6_GLOBAL = ipaddr.IPv6.parseCIDR('2000::/3');

const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

function rangeOf(ip: IpAddress): string {
  const range = ip.range();
  if (ip.kind() === 'ipv6' && range === PUBLIC && !ip.match(IPV6_GLOBAL)) return 'reserved';
  return range;
}

/** The IPv4 address inside of an IPv6 one that a machine, or the network's translator, connects to in its place. */
function unwrapped(ip: IpAddress): IpAddress {
  if (!(ip instanceof ipaddr.IPv6)) return ip;
  if (ip.isIPv4MappedAddress()) return ip.toIPv4Address();
  if (ip.match(NAT64)) return new ipaddr.IPv4(ip.toByteArray().slice(12));
  return ip;
}

function refusedPort(port: number): string {
  return `port ${port} is not fetched`;
}
