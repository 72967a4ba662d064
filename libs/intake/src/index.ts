export type { DocumentOptions } from './document-options.js';
export * from './feed/feed.js';
export { parseFeed } from './feed/parse-feed.js';
export { INTAKE_KINDS, intakeAnswer, type IntakeKind, type IntakeOptions } from './intake-answer.js';
export { IntakeError, type IntakeErrorCode } from './intake-error.js';
export { robotsAllows, type RobotsQuery } from './robots/robots.js';
export { parseSitemap } from './sitemap/parse-sitemap.js';
export * from './sitemap/sitemap.js';
