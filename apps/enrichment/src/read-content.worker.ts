/** What the worker threads run. */
export { readContent as default } from './read-content.js';
