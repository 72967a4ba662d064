import { stepsOf } from '@wireroom/enrichment/custom-steps';
import { type ReadAnswer, type ReadTask, readContent } from './read-content.js';

/** What the worker processes run. @throws ExtractionError, ConfigError */
export default async function readConfigured(task: ReadTask): Promise<ReadAnswer> {
  return readContent(task, await stepsOf(task.config));
}

/** Something for every step to find. */
const SMALL_PAGE = `<html lang="en"><title>Ferry to Norwick back in service</title>
<p>LONDON, 3 May 2026 — The ferry to Norwick sails again on Monday, the harbour office in Paris said in a statement.</p>
<p>“We waited for a month, and the repair cost two million euros,” said Mara Lind, minister of transport. She had met
the owners, Lind Shipping Company, last week. The opposition had called for an inquiry by the parliament.</p>
</html>`;

/** Has the models loaded and the common paths compiled, which takes a cold process longer than most articles. */
export function warmUp(): void {
  readContent({ bytes: Buffer.from(SMALL_PAGE), contentType: 'text/html' });
}
