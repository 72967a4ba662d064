export { decodeOriginal, type DecodedOriginal } from './decode/decode-original.js';
export { extractArticle, type Extraction, type ExtractionInput, type OriginalData } from './extract-article.js';
export { ExtractionError, LIMITS, type ExtractionErrorCode } from './extraction-error.js';
export { EXTRACTION_VERSION } from './version.js';
export type { PageKind } from './page-kind.js';
