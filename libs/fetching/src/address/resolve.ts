import { lookup } from 'node:dns/promises';

/** One answer of name resolution. */
export interface ResolvedAddress {
  address: string;
  family: 4 | 6;
}

/** All addresses of a name. Rejects, or answers none, where there is none. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

/** Asks what the machine asks: hosts file, name servers. */
export const systemResolve: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, order: 'verbatim' })) as ResolvedAddress[];
