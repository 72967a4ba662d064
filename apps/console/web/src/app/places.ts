import type { IconName } from '../parts/icon.js';

/** A view of the first rank: where it is, and the keys that lead to it. */
export interface Place {
  path: string;
  label: string;
  icon: IconName;
  /** Pressed after `g`. */
  key: string;
}

export const PLACES: { heading: string; places: Place[] }[] = [
  {
    heading: 'The wire',
    places: [
      { path: '/', label: 'Overview', icon: 'overview', key: 'o' },
      { path: '/ledger', label: 'Ledger', icon: 'ledger', key: 'l' },
      { path: '/items', label: 'Items', icon: 'items', key: 'i' },
    ],
  },
  {
    heading: 'Mending',
    places: [
      { path: '/failures', label: 'Failures', icon: 'failures', key: 'f' },
      { path: '/redrives', label: 'Redrives', icon: 'redrives', key: 'r' },
      { path: '/reprocess', label: 'Reprocess', icon: 'reprocess', key: 'p' },
    ],
  },
  {
    heading: 'Machinery',
    places: [
      { path: '/kafka', label: 'Kafka', icon: 'kafka', key: 'k' },
      { path: '/sources', label: 'Sources', icon: 'sources', key: 's' },
      { path: '/channels', label: 'Channels', icon: 'channels', key: 'c' },
    ],
  },
  { heading: 'Record', places: [{ path: '/audit', label: 'Audit', icon: 'audit', key: 'a' }] },
];

export const ALL_PLACES = PLACES.flatMap(({ places }) => places);

/** Whether a path is the place, or lies within it. */
export function isWithin(path: string, place: Place): boolean {
  return place.path === '/' ? path === '/' : path === place.path || path.startsWith(`${place.path}/`);
}
