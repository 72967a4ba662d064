/**
 * Name, version and where to complain: `Wireroom/0.1 (news intake; +https://wire.example/bot)`.
 *
 * @throws TypeError for what is no field value
 */
export function userAgentOf(product: string, contactUrl?: string): string {
  if (!/^[A-Za-z_-]+(?:\/[\w.-]+)?$/.test(product))
    throw new TypeError('product: a name and a version, as Wireroom/0.1');
  if (contactUrl === undefined) return `${product} (news intake)`;
  if (!URL.canParse(contactUrl)) throw new TypeError('contactUrl: an absolute address');
  return `${product} (news intake; +${new URL(contactUrl).href})`;
}
