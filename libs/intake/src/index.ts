export * from './feed/feed.js';
export { parseFeed, type DocumentOptions } from './feed/parse-feed.js';
export { IntakeError, type IntakeErrorCode } from './intake-error.js';
