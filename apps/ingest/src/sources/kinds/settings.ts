import type { SourceSpec } from '@wireroom/contracts';
import type { SettingFault } from './kind.js';

/** What is wrong with an address that must be on the web. */
export function webAddressFaults({ address }: Pick<SourceSpec, 'address'>): SettingFault[] {
  return isWebAddress(address) ? [] : [{ field: 'address', reason: 'must be an http or https address' }];
}

/** What is wrong with an address that must be a path. */
export function localPathFaults({ address }: Pick<SourceSpec, 'address'>): SettingFault[] {
  return isLocalPath(address) ? [] : [{ field: 'address', reason: 'must be an absolute path' }];
}

/** What is wrong with an address that may be either. */
export function anyAddressFaults({ address }: Pick<SourceSpec, 'address'>): SettingFault[] {
  if (isWebAddress(address) || isLocalPath(address)) return [];
  return [{ field: 'address', reason: 'must be an http or https address or an absolute path' }];
}

export function isWebAddress(address: string): boolean {
  return /^https?:\/\/[^/]/i.test(address) && URL.canParse(address);
}

export function isLocalPath(address: string): boolean {
  return address.startsWith('/');
}
