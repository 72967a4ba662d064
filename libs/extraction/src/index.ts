export { decodeOriginal, type DecodedOriginal } from './decode/decode-original.js';
export { explainArticle, type BlockExplanation } from './explain.js';
export { extractArticle, type Extraction } from './extract-article.js';
export type { Reason } from './model/reasons.js';
export { ExtractionError, LIMITS, type ExtractionErrorCode } from './extraction-error.js';
export { EXTRACTION_VERSION } from './version.js';
export type { PageKind } from './page-kind.js';
export type { ExtractionInput, OriginalData } from './original.js';
export { parseSiteRule, siteRuleFor, SiteRuleError, type SiteRule } from './rules/site-rules.js';
