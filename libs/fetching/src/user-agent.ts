/** Name, version and where to complain: `Wireroom/0.1 (news intake; +https://wire.example/bot)`. */
export function userAgentOf({
  product = 'Wireroom/0.1',
  contactUrl,
}: {
  product?: string;
  contactUrl?: string;
}): string {
  const contact = contactUrl === undefined ? '' : `; +${contactUrl}`;
  const userAgent = `${product} (news intake${contact})`;
  if (!/^[\x20-\x7e]+$/.test(userAgent)) throw new TypeError('product and contactUrl must be plain ASCII');
  return userAgent;
}
