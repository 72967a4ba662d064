import { metadataOf, readPageFacts, readWarc, type WarcFault, type WarcRecord } from '@wireroom/intake';
import { bytesDigestOf } from '../digests.js';
import type { Finding, FoundItem } from './kind.js';

/** Records between two marks: few enough to be read again after a kill. */
const MARK_EVERY = 200;

export interface ArchiveProgress {
  /** Position of the first byte of the source in the archive. */
  startAt?: number;
  /** Makes the mark with which reading may go on at a position. */
  markAt?: (resumeAt: number) => Finding;
}

/**
 * What an archive holds, in memory that does not grow with it. Records that are no pages to read, and stretches that
 * can't be read, are rejected with a code of their own.
 *
 * @throws IntakeError `empty`, `not-a-warc`; errors of the source pass through
 */
export async function* archiveFindings(
  source: AsyncIterable<Uint8Array>,
  { startAt, markAt }: ArchiveProgress = {},
): AsyncGenerator<Finding> {
  let sinceMark = 0;
  for await (const record of readWarc(source, { startAt })) {
    yield 'kind' in record ? damaged(record) : findingOf(record);
    if ('kind' in record || !markAt || ++sinceMark < MARK_EVERY) continue;
    sinceMark = 0;
    yield markAt(record.resumeAt);
  }
}

function findingOf(record: WarcRecord): Finding {
  const { url, skipped, status } = record;
  if (skipped === undefined) return { type: 'item', item: itemOf(record) };
  const reason = skipped === 'status' ? `the record is an answer of ${status}` : `the record is no page (${skipped})`;
  return { type: 'reject', label: url, code: `record-${skipped}`, reason };
}

function itemOf({ url, body, contentType, charset, date }: WarcRecord): FoundItem {
  const type = typeWithCharset(contentType ?? 'text/html', charset);
  return {
    label: url,
    addresses: [url],
    digest: bytesDigestOf(body),
    metadata: metadataOf({ archivedAt: date }),
    load: async () => {
      const { canonical, amp, textDigest } = readPageFacts(body, { contentType: type, url });
      const addresses = [canonical, amp].filter((one) => one !== undefined);
      const original = { bytes: body, contentType: type, addresses, canonical, textDigest };
      return { outcome: 'loaded', ...original, isWholePage: true };
    },
  };
}

function damaged({ kind, afterRecord, offset }: WarcFault): Finding {
  const reason = `the archive is ${kind} at byte ${offset}, after record ${afterRecord}`;
  return { type: 'reject', label: `byte ${offset}`, code: `archive-${kind}`, reason };
}

/** Archived headers may hold anything; the contract takes a clean media type. */
function typeWithCharset(contentType: string, charset: string | undefined): string {
  const type = contentType.split(/[;,]/)[0]!.trim().toLowerCase();
  return charset === undefined ? type : `${type}; charset=${charset}`;
}
