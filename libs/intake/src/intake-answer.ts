import { createHash } from 'node:crypto';

import { parseAgencyDocument } from './agency/parse-agency-document.js';
import type { DocumentOptions } from './document-options.js';
import { parseFeed } from './feed/parse-feed.js';
import { IntakeError } from './intake-error.js';
import { parseMail } from './mail/parse-mail.js';
import { robotsAllows, type RobotsQuery } from './robots/robots.js';
import { parseSitemap } from './sitemap/parse-sitemap.js';
import { readWarc } from './warc/read-warc.js';

/** Kinds of input this library answers for. */
export const INTAKE_KINDS = ['feed', 'sitemap', 'warc', 'robots', 'agency', 'mail'] as const;
export type IntakeKind = (typeof INTAKE_KINDS)[number];

/** What a line of input may hold beside its bytes. */
export interface IntakeOptions extends DocumentOptions {
  /** For `robots`: who asks, and for which address. */
  query?: RobotsQuery;
}

/**
 * Answers one input of any kind in the shape of a preview line, without `id` and `ok`.
 *
 * @throws IntakeError with the code of the parser that was asked, or `unknown-kind`
 */
export async function intakeAnswer(as: string, bytes: Uint8Array, options: IntakeOptions = {}): Promise<object> {
  switch (as) {
    case 'feed':
      return { kind: 'feed', ...parseFeed(bytes, options) };
    case 'sitemap':
      return { kind: 'sitemap', sitemap: parseSitemap(bytes, options) };
    case 'robots':
      return {
        kind: 'robots',
        allowed: robotsAllows(bytes, options.query ?? { userAgent: '*', url: options.url ?? '/' }),
      };
    case 'warc':
      return { kind: 'warc', ...(await warcAnswer(bytes)) };
    case 'agency':
      return { kind: 'agency', item: parseAgencyDocument(bytes, options) };
    case 'mail':
      return { kind: 'mail', message: await parseMail(bytes) };
    default:
      throw new IntakeError('unknown-kind', `there is no kind ${JSON.stringify(as)}`);
  }
}

/** What an archive holds, with a digest in place of each body. */
async function warcAnswer(bytes: Uint8Array): Promise<object> {
  const records: object[] = [];
  const faults: object[] = [];
  for await (const item of readWarc(bytes)) {
    if ('kind' in item) {
      faults.push({ kind: item.kind, afterRecord: item.afterRecord });
      continue;
    }
    const { url, status, contentType, charset, skipped, body } = item;
    const bodySha256 = createHash('sha256').update(body).digest('hex');
    records.push({ url, status, contentType, ...(charset && { charset }), bodySha256, ...(skipped && { skipped }) });
  }
  return { records, faults };
}
