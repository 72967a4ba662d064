/** What the worker process runs. */
export { articleDigestOf as default } from './article-digest.js';
