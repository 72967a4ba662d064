import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EnrichmentData } from '@wireroom/contracts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { PreviewTask } from './preview-work.js';
import previewInWorker from './preview.worker.js';

/** Switches `summary` off and adds `urgency`. */
const EXAMPLE = resolve(import.meta.dirname, '../../../../docs/examples/custom-steps/wireroom.config.ts');
const BODY = [
  'The ferry to Skerry waits at the quay for the tide, and the tide waits for nobody.',
  'Two hundred people stand in the rain, and the harbour office says that it can do nothing before noon.',
  'The next boat leaves on Thursday. Until then the island has milk for a day and bread for two.',
].join('\n\n');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preview-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function preview(task: Omit<PreviewTask, 'line'>) {
  const line = JSON.stringify({ id: 1, as: 'body', bodyBase64: Buffer.from(BODY).toString('base64') });
  const { answer, reasons } = await previewInWorker({ line: Buffer.from(line), ...task });
  return { enrichment: (answer as { enrichment: EnrichmentData }).enrichment, reasons };
}

describe('a preview', () => {
  it('runs the built-in steps, all of them and nothing else', async () => {
    const { enrichment } = await preview({});
    expect(enrichment).toHaveProperty('summary');
    expect(enrichment).not.toHaveProperty('custom');
  });

  it('runs the steps of a configuration', async () => {
    const { enrichment } = await preview({ config: EXAMPLE });
    expect(enrichment).not.toHaveProperty('summary');
    expect(enrichment).toHaveProperty('custom', { urgency: { urgent: false } });
  });

  it('leaves out what broke a process before', async () => {
    expect((await preview({ config: EXAMPLE, without: ['urgency'] })).enrichment).not.toHaveProperty('custom');
  });

  it('goes on without a step that fails, and says why', async () => {
    const config = join(folder, 'config.json');
    const gauge = "export default { name: 'gauge', version: '1', run() { throw new Error('no tide'); } };";
    await writeFile(join(folder, 'gauge.mjs'), gauge);
    await writeFile(config, JSON.stringify({ modules: [{ module: './gauge.mjs' }] }));
    const { enrichment, reasons } = await preview({ config });
    expect(enrichment).toHaveProperty('failedSteps', [{ step: 'gauge', code: 'step-failed' }]);
    expect(reasons).toEqual({ gauge: 'Error: no tide' });
  });
});
