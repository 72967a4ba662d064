import { digestOf } from '../digests.js';
import { addressKey, namesOf, ownIdKey } from '../item-names.js';
import type { FoundItem } from './kind.js';

/**
 * Takes away names that stand for several items of one listing: a guid that is the same in every entry, a link to the
 * front page. Entries with the same title, or alike in all their names, are one item listed twice and keep them. An
 * item that is left without a name gets one of its title.
 */
export function withoutSharedNames(items: FoundItem[]): FoundItem[] {
  const isShared = sharedNames(items);
  return items.map((item) => {
    const ownId = item.ownId === undefined || isShared(ownIdKey(item.ownId)) ? undefined : item.ownId;
    const addresses = item.addresses.filter((address) => !isShared(addressKey(address)));
    const isNamed = ownId !== undefined || addresses.length > 0;
    return { ...item, ownId: isNamed ? ownId : `title ${digestOf([item.label])}`, addresses };
  });
}

function sharedNames(items: FoundItem[]): (name: string) => boolean {
  const bearers = new Map<string, { labels: Set<string>; names: Set<string> }>();
  for (const item of items) {
    const names = [...namesOf(item).keys()];
    const all = names.toSorted().join('\n');
    for (const name of names) {
      const bearer = bearers.get(name) ?? { labels: new Set(), names: new Set() };
      bearer.labels.add(item.label);
      bearer.names.add(all);
      bearers.set(name, bearer);
    }
  }
  return (name) => {
    const bearer = bearers.get(name);
    return bearer !== undefined && bearer.labels.size > 1 && bearer.names.size > 1;
  };
}
