import ipaddr from 'ipaddr.js';

export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;

/** One target that is allowed beyond the public ones. */
interface Entry {
  /** Host name in lower case, or a block of addresses. */
  host?: string;
  block?: [IpAddress, number];
  ports: ReadonlySet<number> | 'any';
}

/** Where the web lives; every other port must be named. */
export const USUAL_PORTS: ReadonlySet<number> = new Set([80, 443]);

/** Targets an operator has named. See `FetcherOptions.allow` for how they are written. */
export class AllowList {
  private readonly entries: Entry[];

  /** @throws TypeError naming an entry that can't be read. */
  constructor(entries: readonly string[]) {
    this.entries = entries.map(readEntry);
  }

  /** Whether the address may be asked on this port whatever its range is. */
  admitsAddress(ip: IpAddress, port: number): boolean {
    return this.entries.some(({ block, ports }) => block && admits(ports, port) && contains(block, ip));
  }

  /** Whether the operator trusts the name on this port, wherever in their network it leads. */
  admitsHost(host: string, port: number): boolean {
    return this.entries.some((entry) => entry.host === host && admits(entry.ports, port));
  }

  /** Whether any target may be asked on this port; if not, no name needs to be resolved to say no. */
  knowsPort(port: number): boolean {
    return this.entries.some(({ ports }) => admits(ports, port));
  }
}

function admits(ports: Entry['ports'], port: number): boolean {
  return ports === 'any' || ports.has(port);
}

function contains([start, bits]: [IpAddress, number], ip: IpAddress): boolean {
  return start.kind() === ip.kind() && ip.match(start, bits);
}

const ENTRY = /^(?:\[(?<bracketed>[^\]]+)\]|(?<plain>[^:[\]]+))(?::(?<port>\d{1,5}|\*))?$/;
const HOST_NAME = /^[a-z\d_-]+(?:\.[a-z\d_-]+)*$/;

function readEntry(text: string): Entry {
  const written = text.trim().toLowerCase();
  if (isIpv6(written)) return { block: readBlock(written, text), ports: USUAL_PORTS };
  const { bracketed, plain, port } = ENTRY.exec(written)?.groups ?? {};
  const target = bracketed ?? plain;
  if (target === undefined) throw unreadable(text);
  const ports = readPorts(port, text);
  if (bracketed === undefined && !ipaddr.IPv4.isValidFourPartDecimal(target.replace(/\/\d+$/, ''))) {
    if (!HOST_NAME.test(target)) throw unreadable(text);
    return { host: target, ports };
  }
  return { block: readBlock(target, text), ports };
}

function isIpv6(written: string): boolean {
  return ipaddr.IPv6.isValid(written) || ipaddr.IPv6.isValidCIDR(written);
}

function readBlock(target: string, text: string): [IpAddress, number] {
  if (ipaddr.isValidCIDR(target)) return ipaddr.parseCIDR(target);
  if (!ipaddr.isValid(target)) throw unreadable(text);
  const address = ipaddr.parse(target);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

function readPorts(port: string | undefined, text: string): Entry['ports'] {
  if (port === undefined) return USUAL_PORTS;
  if (port === '*') return 'any';
  const number = Number(port);
  if (number < 1 || number > 65_535) throw unreadable(text);
  return new Set([number]);
}

function unreadable(text: string): TypeError {
  return new TypeError(`allow: ${JSON.stringify(text)} is no address, CIDR block or host name with an optional port`);
}
