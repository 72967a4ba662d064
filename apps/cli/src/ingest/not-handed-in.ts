import { guessInput } from '../preview/guess-input.js';

/** Why something is not handed in. */
export interface Refusal {
  /** Stable, kebab case. */
  code: string;
  message: string;
}

/** Documents that hold news and are no article themselves, and the way in for each. */
const OTHER_WAYS: Record<string, string> = {
  feed: 'it is a feed: add it as a source with "wireroom source add <name> <address>"',
  sitemap: 'it is a sitemap: add it as a source with "wireroom source add <name> <address> --kind sitemap"',
  warc: 'it is a WARC archive: add it as a source with "wireroom source add <name> <path> --kind warc"',
  agency:
    'it is an agency document: put it into a folder and add that with "wireroom source add <name> <folder> --kind agency"',
  robots: 'it is a robots.txt, which holds no news',
};

/**
 * What keeps a document from being read as an article, with the way in that it has instead; undefined where nothing
 * does. Decided by its name and its first bytes.
 */
export function refusalOf(name: string, bytes: Uint8Array, contentType?: string): Refusal | undefined {
  const guess = guessInput(name, bytes, contentType);
  if (guess.contentType === 'application/json' && guess.as === 'agency' && !isAgencyJson(bytes)) {
    return unsupported('JSON is read as ninjs, as JSON Feed, or as submissions, one a line, in a file named .ndjson');
  }
  const otherWay = OTHER_WAYS[guess.as];
  if (otherWay !== undefined) return unsupported(otherWay);
  if (guess.contentType !== undefined) return undefined;
  return unsupported(
    `what "${name}" is can't be told from its name: say so with --content-type (text/html, text/plain)`,
  );
}

function isAgencyJson(bytes: Uint8Array): boolean {
  return /"(uri|body_\w+|headline)"\s*:/.test(Buffer.from(bytes.subarray(0, 65_536)).toString('latin1'));
}

function unsupported(message: string): Refusal {
  return { code: 'unsupported-file', message };
}
