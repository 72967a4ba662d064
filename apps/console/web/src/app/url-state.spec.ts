import { describe, expect, it } from '@jest/globals';
import { linkTo, readState, writeState } from './url-state.js';

const DEFAULTS = { tab: 'groups', code: '' };

describe('the state of a view in its address', () => {
  it('is read with its defaults', () => {
    expect(readState('?code=too-short&other=1', DEFAULTS)).toEqual({ tab: 'groups', code: 'too-short' });
  });

  it('is written without them', () => {
    expect(writeState('?code=a&tab=letters', DEFAULTS, { tab: 'groups', code: 'b & c' })).toBe('code=b+%26+c');
  });

  it('leaves what belongs to others', () => {
    expect(writeState('?message=1%3A2', DEFAULTS, { code: 'x' })).toBe('message=1%3A2&code=x');
  });
});

describe('linkTo', () => {
  it('leaves out what is not given', () => {
    expect(linkTo('/items', { q: '', source: undefined, revision: 2 })).toBe('/items?revision=2');
    expect(linkTo('/items')).toBe('/items');
  });
});
