import { describe, expect, it } from '@jest/globals';
import { AddressPolicy } from './address-policy.js';
import { readTarget } from './target.js';

/** Whether the text of an address alone is refused. */
function refused(address: string, policy = new AddressPolicy()): boolean {
  const url = readTarget(address);
  return url === undefined || policy.refusalOfUrl(url) !== undefined;
}

/** Whether a name that resolves so is refused. */
function refusedAt(addresses: string[], { host = 'news.example', port = 443, allow = [] as string[] } = {}): boolean {
  const answers = addresses.map((address) => ({
    address,
    family: address.includes(':') ? (6 as const) : (4 as const),
  }));
  return new AddressPolicy(allow).refusalOfAddresses(host, port, answers) !== undefined;
}

describe('C1: literal addresses in every spelling', () => {
  it.each([
    ['decimal', 'http://2130706433/'],
    ['octal', 'http://0177.0.0.1/'],
    ['hexadecimal', 'http://0x7f000001/'],
    ['hexadecimal, short', 'http://0x7f.1/'],
    ['short', 'http://127.1/'],
    ['mixed', 'http://0x7f.0.1/'],
    ['any loopback address', 'http://127.255.13.7/'],
    ['full-width digits', 'http://１２７.0.0.1/'],
    ['percent-encoded', 'http://%31%32%37.0.0.1/'],
    ['with a dot at the end', 'http://127.0.0.1./'],
    ['unspecified', 'http://0.0.0.0/'],
    ['this network', 'http://0/'],
    ['private 10/8', 'http://10.1.2.3/'],
    ['private 172.16/12', 'http://172.31.255.254/'],
    ['private 192.168/16', 'http://192.168.0.1/'],
    ['shared (CGNAT)', 'http://100.64.0.1/'],
    ['link-local, where clouds keep credentials', 'http://169.254.169.254/latest/meta-data/'],
    ['multicast', 'http://224.0.0.1/'],
    ['broadcast', 'http://255.255.255.255/'],
    ['reserved', 'http://240.0.0.1/'],
    ['benchmarking', 'http://198.18.0.1/'],
    ['documentation', 'http://203.0.113.5/'],
    ['IPv6 loopback', 'http://[::1]/'],
    ['IPv6 loopback, long', 'http://[0:0:0:0:0:0:0:1]/'],
    ['IPv6 unspecified', 'http://[::]/'],
    ['mapped loopback', 'http://[::ffff:127.0.0.1]/'],
    ['mapped loopback in hexadecimal', 'http://[::ffff:7f00:1]/'],
    ['mapped private', 'http://[::ffff:10.0.0.1]/'],
    ['IPv4-compatible', 'http://[::127.0.0.1]/'],
    ['translated loopback (NAT64)', 'http://[64:ff9b::7f00:1]/'],
    ['local NAT64', 'http://[64:ff9b:1::1]/'],
    ['6to4', 'http://[2002:7f00:1::]/'],
    ['Teredo', 'http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/'],
    ['unique local', 'http://[fd00::1]/'],
    ['link-local', 'http://[fe80::1]/'],
    ['site-local', 'http://[fec0::1]/'],
    ['multicast', 'http://[ff02::1]/'],
    ['documentation', 'http://[2001:db8::1]/'],
    ['outside of what IANA gave out', 'http://[4000::1]/'],
  ])('refuses %s: %s', (_what, address) => {
    expect(refused(address)).toBe(true);
  });

  it.each(['http://user@news.example/', 'http://user:word@news.example/', 'http://news.example@169.254.169.254/'])(
    'refuses credentials: %s',
    (address) => expect(refused(address)).toBe(true),
  );

  it.each([
    'ftp://news.example/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_',
    'data:text/html,x',
    'javascript:x',
  ])('refuses the scheme of %s', (address) => expect(refused(address)).toBe(true));

  it.each([
    'http://news.example:22/',
    'https://news.example:8443/',
    'http://kafka:9092/',
    'http://[2606:4700::1]:27017/',
  ])('refuses the port of %s', (address) => expect(refused(address)).toBe(true));

  it.each(['', 'news.example/feed', '//news.example/', 'http://', 'http://[::1', 'http://a b/', 'http://256.1.1.1/'])(
    'reads no address in %j',
    (address) => expect(readTarget(address)).toBeUndefined(),
  );

  it.each(['http://news.example/', 'https://news.example:443/', 'http://93.184.215.14/', 'https://[2606:4700::1111]/'])(
    'lets %s through',
    (address) => expect(refused(address)).toBe(false),
  );
});

describe('C2: names that lead to private addresses', () => {
  it.each(['127.0.0.1', '10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1', 'fe80::1%eth0', '64:ff9b::a00:1'])(
    'refuses a name that leads to %s',
    (address) => expect(refusedAt([address])).toBe(true),
  );

  it('lets a name through that leads to public addresses', () => {
    expect(refusedAt(['93.184.215.14', '2606:4700::1111'])).toBe(false);
    // An IPv6-only network's translator answers so for a public IPv4 host (RFC 6052).
    expect(refusedAt(['64:ff9b::5db8:d70e'])).toBe(false);
  });

  it('refuses a name with one private address among public ones', () => {
    expect(refusedAt(['93.184.215.14', '::1'])).toBe(true);
    expect(refusedAt(['93.184.215.14', '10.0.0.1'])).toBe(true);
  });

  it('refuses what resolution answers and is no address', () => {
    expect(refusedAt(['localhost'])).toBe(true);
  });
});

describe('what an operator allows', () => {
  it('is a block of addresses, on the usual ports unless others are named', () => {
    expect(refusedAt(['10.20.1.1'], { allow: ['10.20.0.0/16'] })).toBe(false);
    expect(refusedAt(['10.21.1.1'], { allow: ['10.20.0.0/16'] })).toBe(true);
    expect(refusedAt(['10.20.1.1'], { allow: ['10.20.0.0/16'], port: 8080 })).toBe(true);
    expect(refusedAt(['10.20.1.1'], { allow: ['10.20.0.0/16:8080'], port: 8080 })).toBe(false);
    expect(refusedAt(['10.20.1.1'], { allow: ['10.20.0.0/16:*'], port: 9999 })).toBe(false);
    expect(refusedAt(['fd00::9'], { allow: ['[fd00::/8]:8443'], port: 8443 })).toBe(false);
    expect(refusedAt(['::1'], { allow: ['::1'] })).toBe(false);
  });

  it('is met by a mapped address where the block is IPv4', () => {
    expect(refusedAt(['::ffff:10.20.1.1'], { allow: ['10.20.0.0/16'] })).toBe(false);
  });

  it('is a name, which may lead into the own network and never to link-local addresses', () => {
    const named = { host: 'cms.intranet.example', allow: ['CMS.intranet.example:8080'], port: 8080 };
    expect(refusedAt(['10.1.1.1'], named)).toBe(false);
    expect(refusedAt(['93.184.215.14'], named)).toBe(false);
    expect(refusedAt(['169.254.169.254'], named)).toBe(true);
    expect(refusedAt(['224.0.0.1'], named)).toBe(true);
    expect(refusedAt(['10.1.1.1'], { ...named, host: 'other.intranet.example' })).toBe(true);
  });

  it('opens its port to no other target', () => {
    expect(refusedAt(['93.184.215.14'], { allow: ['10.20.0.0/16:8080'], port: 8080 })).toBe(true);
  });

  it.each(['', 'a b', '10.0.0.0/33', 'host:99999', 'host:http', '[10.0.0.0/8', 'http://host/', '::1:*:2'])(
    'is refused when it is written %j',
    (entry) => expect(() => new AddressPolicy([entry])).toThrow(TypeError),
  );
});
