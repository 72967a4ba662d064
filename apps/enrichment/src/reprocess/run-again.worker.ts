/** What the thread of the reprocessing lane runs. */
export { runAgain as default } from './run-again.js';
