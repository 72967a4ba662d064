/** What the worker thread runs. */
export { articleDigestOf as default } from './article-digest.js';
