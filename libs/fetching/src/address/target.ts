/**
 * Reads an absolute address as it will be asked for: spelling of the host normalised by the URL standard, the dot
 * at the end of a name and the fragment dropped. Undefined where it is no address.
 *
 * @param base for redirects, whose address may be relative
 */
export function readTarget(text: string, base?: URL): URL | undefined {
  if (!URL.canParse(text, base?.href)) return undefined;
  const url = new URL(text, base);
  url.hash = '';
  // A name's own root dot: the same host, which lists of names, robots.txt caches and certificates know without.
  if (url.hostname.endsWith('.')) url.hostname = url.hostname.replace(/\.+$/, '');
  return url;
}
