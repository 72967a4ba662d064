import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { firstState, livingRun, readState, writeState } from './state.js';

const services = {
  ingest: { url: 'http://127.0.0.1:1' },
  enrichment: { url: 'http://127.0.0.1:2' },
  publishing: { url: 'http://127.0.0.1:3' },
  console: { url: 'http://127.0.0.1:4' },
};
const run = { pid: process.pid, startedAt: '2026-03-01T08:00:00Z', brokers: [], mongoUri: '', services };

describe('state', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'state-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('comes back as it was written, for its owner only', async () => {
    const state = { ...firstState(), ports: { ingest: 20_001 }, run };
    await writeState(join(folder, 'new'), state);
    expect(await readState(join(folder, 'new'))).toEqual(state);
    expect(statSync(join(folder, 'new', 'state.json')).mode & 0o077).toBe(0);
  });

  it('is absent where nothing was started, or what is there is no state', async () => {
    expect(await readState(folder)).toBeUndefined();
    writeFileSync(join(folder, 'state.json'), '{"opsTok');
    expect(await readState(folder)).toBeUndefined();
  });

  it('knows a run whose process is gone', () => {
    expect(livingRun({ ...firstState(), run })).toEqual(run);
    expect(livingRun({ ...firstState(), run: { ...run, pid: 2 ** 30 } })).toBeUndefined();
    expect(livingRun(firstState())).toBeUndefined();
  });
});
