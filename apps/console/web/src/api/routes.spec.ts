import { describe, expect, it } from '@jest/globals';
import {
  AUDIT_RESULTS,
  CONSOLE_ROUTES,
  DEAD_LETTER_STATES,
  FEED_TEXTS,
  ITEM_OUTCOMES,
  ROLES,
  SOURCE_KINDS,
  type Route,
  STAGES,
  TAKEN_FILES,
} from '@wireroom/contracts';
import * as names from '../text/names.js';
import { ADDRESSES, addressOf } from './routes.js';

describe('the page against the contracts', () => {
  it.each(Object.entries(ADDRESSES))('calls %s where it is, and knows who may', (name, { method, path, role }) => {
    const route: Route = CONSOLE_ROUTES[name as keyof typeof ADDRESSES];
    expect({ method, path, role }).toEqual({ method: route.method, path: route.path, role: route.role });
  });

  it('offers the names the contracts have', () => {
    expect({ ...names }).toEqual({
      STAGES,
      OUTCOMES: ITEM_OUTCOMES,
      DEAD_LETTER_STATES,
      AUDIT_RESULTS,
      ROLES,
      SOURCE_KINDS,
      FEED_TEXTS,
      TAKEN_FILES,
      SOURCE_STATES: ['polled', 'paused', 'failing'],
    });
  });
});

describe('addressOf', () => {
  it('escapes what stands in a path', () => {
    expect(addressOf('deadLetter', { stage: 'ingest', id: 'a/b c#1' })).toBe(
      '/v1/ops/dead-letters/ingest/a%2Fb%20c%231',
    );
  });

  it('leaves out what is not given', () => {
    expect(addressOf('listItems', {}, { q: 'tide & time', source: '', limit: 5, cursor: undefined })).toBe(
      '/v1/ops/items?q=tide+%26+time&limit=5',
    );
  });

  it('refuses a path with a hole in it', () => {
    expect(() => addressOf('item')).toThrow('item needs contentId');
  });
});
