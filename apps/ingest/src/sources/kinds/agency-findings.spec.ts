import { describe, expect, it } from '@jest/globals';
import { agencyFindings } from './agency-findings.js';
import type { Finding } from './kind.js';

const NOW = new Date('2026-03-02T12:00:00Z');

function findingsOf(document: object | object[] | string): Finding[] {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  return [...agencyFindings({ name: 'in/1.json', bytes: Buffer.from(text) }, NOW)];
}

function ninjs(changes: object = {}): object {
  return {
    uri: 'urn:tidewire:7',
    version: '2',
    type: 'text',
    headline: 'Dues to rise',
    byline: 'Odile Renwick',
    language: 'en',
    firstcreated: '2026-03-02T10:00:00Z',
    pubstatus: 'usable',
    body_text: 'Harbour dues will rise.\n\nThe council said so.',
    ...changes,
  };
}

describe('agencyFindings', () => {
  it('given a document, then guid, version and words are its own and the original is a page of them', async () => {
    const [finding] = findingsOf(ninjs());
    expect(finding).toMatchObject({
      type: 'item',
      item: { ownId: 'urn:tidewire:7', version: '2', label: 'Dues to rise' },
    });
    const loaded = finding?.type === 'item' ? await finding.item.load() : undefined;
    const html = loaded?.outcome === 'loaded' ? Buffer.from(loaded.bytes).toString() : '';
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('<meta name="author" content="Odile Renwick">');
    expect(html).toContain('<h1>Dues to rise</h1>\n<p>Harbour dues will rise.</p>\n<p>The council said so.</p>');
  });

  it.each([
    [{ pubstatus: 'canceled' }, { kind: 'retraction' }],
    [{ pubstatus: 'withheld' }, { hold: { code: 'withheld' } }],
    [{ embargoed: '2026-03-02T13:00:00Z' }, { hold: { code: 'embargoed', until: new Date('2026-03-02T13:00:00Z') } }],
    [{ embargoed: '2026-03-02T11:00:00Z' }, { hold: undefined }],
    [{ embargoed: 'when the house rises' }, { hold: { code: 'embargoed' } }],
  ])('given %j, then %j', (changes, expected) => {
    expect(findingsOf(ninjs(changes))).toMatchObject([{ type: 'item', item: expected }]);
  });

  it('given a correction signal, then the kind is correction', () => {
    const g2 = `<newsItem guid="urn:tidewire:8" version="3" xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta><pubStatus qcode="stat:usable"/><signal qcode="sig:correction"/></itemMeta><contentMeta><headline>Dues</headline></contentMeta><contentSet><inlineData>They rise.</inlineData></contentSet></newsItem>`;
    expect(findingsOf(g2)).toMatchObject([{ type: 'item', item: { kind: 'correction', version: '3' } }]);
    expect(findingsOf(`<newsMessage><itemSet>${g2}${g2.replace(':8', ':9')}</itemSet></newsMessage>`)).toHaveLength(2);
  });

  it('given what can’t be read or has no text of its own, then it is rejected with its code', () => {
    expect(findingsOf('{"uri":')).toMatchObject([{ type: 'reject', code: 'malformed', label: 'in/1.json' }]);
    const parcel = ninjs({ body_text: '', associations: { a: { uri: 'urn:tidewire:9' } } });
    expect(findingsOf(parcel)).toMatchObject([{ type: 'reject', code: 'package' }]);
    expect(findingsOf([ninjs(), ninjs({ uri: 'urn:tidewire:10' })])).toHaveLength(2);
  });
});
