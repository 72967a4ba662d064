import {
  type AgencyItem,
  IntakeError,
  metadataOf,
  paragraphsToHtml,
  parseAgencyItems,
  RENDERED_TYPE,
  renderArticle,
} from '@wireroom/intake';
import { digestOf, textDigestOf } from '../digests.js';
import type { Finding, FoundItem } from './kind.js';

/** A document of an agency as it came. */
export interface AgencyDocument {
  /** Path or address; names an item that has no guid. */
  name: string;
  bytes: Uint8Array;
  contentType?: string;
}

/** What an agency's document holds. One that can't be read is itself what is rejected. */
export function* agencyFindings({ name, bytes, contentType }: AgencyDocument, now: Date): Generator<Finding> {
  let items: AgencyItem[];
  try {
    items = parseAgencyItems(bytes, { contentType });
  } catch (error) {
    if (!(error instanceof IntakeError)) throw error;
    yield { type: 'reject', label: name, code: error.code, reason: error.message };
    return;
  }
  for (const [index, item] of items.entries()) {
    const ownId = item.guid ?? (items.length > 1 ? `${name}#${index + 1}` : name);
    if (isPackage(item)) {
      const reason = `is a package of ${item.references.length} items without a text of its own`;
      yield { type: 'reject', label: item.headline ?? ownId, code: 'package', reason };
    } else yield { type: 'item', item: foundItem(item, ownId, now) };
  }
}

function foundItem(item: AgencyItem, ownId: string, now: Date): FoundItem {
  const { headline, paragraphs, version, byline, language, published, dateline } = item;
  return {
    label: headline ?? ownId,
    ownId,
    addresses: [],
    digest: digestOf([item]),
    publishedAt: published,
    version,
    kind: kindOf(item),
    hold: holdOf(item, now),
    metadata: metadataOf({
      format: item.format,
      version,
      slugline: item.slugline,
      dateline,
      urgency: item.urgency,
      subjects: item.subjects.map(({ code, name }) => [code, name].filter(Boolean).join(' ')),
      usageTerms: item.usageTerms,
      copyright: item.copyright,
      provider: item.provider,
      editorialNote: item.editorialNote,
    }),
    load: async () => ({
      outcome: 'loaded',
      bytes: renderArticle({
        title: headline,
        language,
        authors: byline === undefined ? [] : [byline],
        publishedAt: published,
        bodyHtml: paragraphsToHtml(paragraphs),
      }),
      contentType: RENDERED_TYPE,
      addresses: [],
      textDigest: textDigestOf([headline ?? '', byline ?? '', ...paragraphs]),
    }),
  };
}

function kindOf({ status, instruction }: AgencyItem): FoundItem['kind'] {
  if (status === 'canceled') return 'retraction';
  return instruction === 'correction' ? 'correction' : undefined;
}

/** By IPTC's rule for `withheld` an item must not be published, and be taken out of sight where it was. */
function holdOf({ status, embargo, embargoOpen }: AgencyItem, now: Date): FoundItem['hold'] {
  if (status === 'canceled') return undefined;
  if (status === 'withheld') return { code: 'withheld' };
  if (embargoOpen) return { code: 'embargoed' };
  const until = embargo === undefined ? undefined : new Date(embargo);
  return until && until > now ? { code: 'embargoed', until } : undefined;
}

function isPackage({ references, paragraphs, status }: AgencyItem): boolean {
  return references.length > 0 && paragraphs.length === 0 && status !== 'canceled';
}
