import { agencyFindings } from './agency-findings.js';
import { fetchDocument } from './fetch-document.js';
import { readFolder } from './folder/read-folder.js';
import type { Finding, Reading, SourceKind } from './kind.js';
import { anyAddressFaults, isLocalPath } from './settings.js';

const ACCEPT = 'application/xml,application/json,text/xml,*/*;q=0.1';
const DOCUMENTS = /\.(xml|json|newsml|nitf)$/i;

/** Deliveries of news agencies in ninjs, NewsML-G2, NewsML 1.x or NITF: files in a folder, or a document on the web. */
export const agencyKind: SourceKind = {
  name: 'agency',
  faultsOf: anyAddressFaults,
  async *read(reading: Reading): AsyncGenerator<Finding> {
    if (isLocalPath(reading.address)) yield* readFolder(reading, DOCUMENTS);
    else yield* readWeb(reading);
  },
};

async function* readWeb(reading: Reading): AsyncGenerator<Finding> {
  const document = await fetchDocument(reading, reading.address, ACCEPT);
  yield { type: 'fetch', facts: document.facts };
  if (!('body' in document)) return;
  const { url: name, body: bytes, contentType } = document;
  yield* agencyFindings({ name, bytes, contentType }, reading.now);
  yield document.mark;
}
